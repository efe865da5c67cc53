import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import type { AddressPolicy } from './address-policy.js';
import type { Endpoint } from './endpoint-url.js';

/** An idle connection is kept for that long, and no more of them to one endpoint. */
const pooling = { keepAlive: true, timeout: 30_000, maxFreeSockets: 32 };

type Connect = (options: object) => Duplex | null | undefined;

/**
 * Makes connections to addresses that may be reached, and to no others. The system's answer for a name is checked as it
 * is used, so that it cannot change in between; an address that stands in the URL is checked before; and whom the
 * connection has led to, before anything is written. A connection that is used again still leads there.
 */
export class GuardedHttpAgent extends http.Agent {
  constructor(private readonly policy: AddressPolicy) {
    super(pooling);
  }

  override createConnection(...[options, callback]: Parameters<http.Agent['createConnection']>) {
    const connect: Connect = (guarded) => super.createConnection(guarded, callback);
    return connectGuarded(this.policy, { protocol: 'http:', host: options.host ?? '' }, options, connect);
  }
}

/** As {@link GuardedHttpAgent}, before the handshake, and with certificates checked whatever the environment says. */
export class GuardedHttpsAgent extends https.Agent {
  constructor(private readonly policy: AddressPolicy) {
    super({ ...pooling, rejectUnauthorized: true });
  }

  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    const connect: Connect = (guarded) => super.createConnection(guarded, callback);
    return connectGuarded(this.policy, { protocol: 'https:', host: options.host ?? '' }, options, connect);
  }
}

type Peer = Pick<Endpoint, 'protocol' | 'host'>;

function connectGuarded(policy: AddressPolicy, peer: Peer, options: object, connect: Connect) {
  if (isIP(peer.host) !== 0) policy.refuse(peer, peer.host);
  const socket = connect({ ...options, lookup: guardedLookup(policy, peer) }) as Socket | null | undefined;
  socket?.prependOnceListener('connect', () => {
    try {
      policy.refuse(peer, socket.remoteAddress ?? '');
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  return socket;
}

function guardedLookup(policy: AddressPolicy, peer: Peer): LookupFunction {
  const find = callbackify(() => policy.addressesOf(peer));
  return (_, options, callback) =>
    find((error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) callback(error, '');
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
}
