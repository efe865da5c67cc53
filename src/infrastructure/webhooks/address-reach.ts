import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Whom an address leads to. `public`: anybody on the internet. `internal`: this machine, or those of a private network.
 * `forbidden`: nobody that a webhook is for, such as the metadata service of a cloud, or it cannot be told.
 */
export type Reach = 'public' | 'internal' | 'forbidden';

type Address = ReturnType<typeof ipaddr.parse>;

/** Services that hand credentials to their machine and are not link-local: AWS, Google, Alibaba, Azure, Oracle. */
const metadataServices: ReadonlySet<string> = new Set([
  'fd00:ec2::254',
  'fd20:ce::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);

const internalRanges: ReadonlySet<string> = new Set([
  'private',
  'loopback',
  'carrierGradeNat',
  'uniqueLocal',
]);

/** All that is unicast and assigned to be reached from everywhere (RFC 4291, section 2.4, and IANA's registry). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Whom an IP address leads to. */
export function reachOf(text: string): Reach {
  const address = readAddress(text);
  if (address === undefined || metadataServices.has(address.toString())) return 'forbidden';
  const range = address.range();
  if (internalRanges.has(range)) return 'internal';
  if (isIpv4(address)) return range === 'unicast' ? 'public' : 'forbidden';
  const inner = embeddedIpv4(address);
  if (inner !== undefined) return reachOf(inner) === 'public' ? 'public' : 'forbidden';
  return range === 'unicast' && address.match(globalUnicast) ? 'public' : 'forbidden';
}

/**
 * An address of IPv4 that is written as one of IPv6 (`::ffff:10.0.0.1`) is the former. Undefined for what is no address,
 * or one of this machine's links alone (`fe80::1%eth0`).
 */
export function readAddress(text: string): Address | undefined {
  if (isIP(text) === 4) return ipaddr.parse(text);
  const usual = `http://[${text}]`;
  return isIP(text) === 6 && URL.canParse(usual)
    ? ipaddr.process(new URL(usual).hostname.slice(1, -1))
    : undefined;
}

/** What a gateway takes out of an address: NAT64 (RFC 6052) and 6to4 (RFC 3056). */
function embeddedIpv4(address: ipaddr.IPv6): string | undefined {
  const bytes = address.toByteArray();
  if (address.match(nat64)) return bytes.slice(12).join('.');
  if (address.range() === '6to4') return bytes.slice(2, 6).join('.');
  return undefined;
}

function isIpv4(address: Address): address is ipaddr.IPv4 {
  return address.kind() === 'ipv4';
}
