#!/usr/bin/env bash
# Makes the authority and a certificate for each node, once; they stay in the volumes. The nodes run as user 1001 and
# read their own keys. The authority's key is for root, and its certificate, in a volume of its own, for everybody.
set -euo pipefail
cd /certs
test -f ca/ca.crt || es-gencert-cli create-ca -out ./ca
for node in 1 2 3; do
  test -f "node$node/node.crt" || es-gencert-cli create-node -out "./node$node" \
    -ca-certificate ./ca/ca.crt -ca-key ./ca/ca.key \
    -ip-addresses "127.0.0.1,172.30.240.1$node" -dns-names "localhost,kurrentdb$node"
  chown -R 1001:1001 "node$node"
  chmod 700 "node$node"
done
chmod 700 ca
cp ca/ca.crt /ca/ca.crt
chmod 644 /ca/ca.crt
