import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { invalidParameter, RegistryError } from '../../domain/registry-error.js';
import { pythonRepr } from '../../domain/python-text.js';
import { reachOf } from './address-reach.js';
import { hasAddress, hasHost } from './allow-list.js';
import type { AllowList } from './allow-list.js';
import { schemeRefused } from './endpoint-url.js';
import type { Endpoint } from './endpoint-url.js';

/** Finds all addresses of a host name; rejects when there are none. */
export type Resolver = (host: string) => Promise<readonly LookupAddress[]>;

/** What is asked of the system, its hosts file included. */
export const systemResolver: Resolver = (host) => lookup(host, { all: true });

type Peer = Pick<Endpoint, 'protocol' | 'host'>;

/**
 * Whom webhooks may be sent to: public addresses over https, and what the operator allows. A name that is allowed may
 * lead into private networks and use http; what is neither public nor private, such as a cloud's metadata service, has to
 * be allowed by its address.
 */
export class AddressPolicy {
  constructor(
    private readonly allowed: AllowList,
    private readonly resolver: Resolver = systemResolver,
  ) {}

  /**
   * The addresses of a host, all of which may be reached.
   *
   * @throws RegistryError INVALID_PARAMETER_VALUE in MLflow's words, when there are none or one of them may not
   */
  async addressesOf(peer: Peer): Promise<readonly LookupAddress[]> {
    const { protocol, host } = peer;
    const mayUseHttp = hasHost(this.allowed, host) || this.allowed.networks.length > 0;
    if (protocol === 'http:' && !mayUseHttp) throw schemeRefused('http');
    const family = isIP(host);
    const found = family === 0 ? await this.#resolved(host) : [{ address: host, family }];
    for (const { address } of found) this.refuse(peer, address);
    return found;
  }

  /** @throws RegistryError INVALID_PARAMETER_VALUE when an address of a host may not be reached */
  refuse({ protocol, host }: Peer, address: string): void {
    if (hasAddress(this.allowed, address)) return;
    const reach = reachOf(address);
    if (hasHost(this.allowed, host) && reach !== 'forbidden') return;
    if (protocol === 'http:') throw schemeRefused('http');
    if (reach === 'public') return;
    throw invalidParameter(
      `Webhook URL must not resolve to a non-public IP address. ${pythonRepr(host)} resolves to ${address}.`,
    );
  }

  async #resolved(host: string): Promise<readonly LookupAddress[]> {
    const found = await this.resolver(host).catch((cause: Error) => {
      throw unresolved(host, cause.message, { cause });
    });
    if (found.length === 0) throw unresolved(host, 'it has no address');
    return found;
  }
}

/** A host has no address, or none is known yet. */
export function unresolved(host: string, reason: string, options?: ErrorOptions): RegistryError {
  const message = `Cannot resolve Webhook URL hostname ${pythonRepr(host)}: ${reason}`;
  return new RegistryError('INVALID_PARAMETER_VALUE', message, options);
}
