import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { readAddress } from './address-reach.js';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** What an operator lets webhooks reach beside public addresses over https. */
export interface AllowList {
  readonly networks: readonly Network[];
  /** In lower case, without a dot at the end. */
  readonly hosts: readonly string[];
  /** `.suffix`: every name below it. */
  readonly suffixes: readonly string[];
}

/** An entry makes no sense; the message says which ones do. */
export class AllowListError extends Error {
  override readonly name = 'AllowListError';
}

const hostName = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z_](?:[a-z0-9_-]*[a-z0-9_])?$/;

/**
 * Reads entries: networks (`10.0.0.0/8`), addresses (`::1`), host names (`hooks.internal`) and all names below one
 * (`*.svc.cluster.local`).
 *
 * @throws AllowListError
 */
export function readAllowList(entries: readonly string[]): AllowList {
  const list = { networks: [] as Network[], hosts: [] as string[], suffixes: [] as string[] };
  for (const entry of entries) {
    const network = readNetwork(entry);
    const name = plainName(entry.replace(/^\*\./, ''));
    if (network !== undefined) list.networks.push(network);
    else if (!hostName.test(name)) throw refused(entry);
    else if (entry.startsWith('*.')) list.suffixes.push(`.${name}`);
    else list.hosts.push(name);
  }
  return list;
}

/** Whether a host was allowed by its name. */
export function hasHost({ hosts, suffixes }: AllowList, host: string): boolean {
  const name = plainName(host);
  return hosts.includes(name) || suffixes.some((suffix) => name.endsWith(suffix));
}

/** Whether an address was allowed, by itself or by its network. */
export function hasAddress({ networks }: AllowList, text: string): boolean {
  const address = readAddress(text);
  if (address === undefined) return false;
  return networks.some((network) => network[0].kind() === address.kind() && address.match(network));
}

function readNetwork(entry: string): Network | undefined {
  const [address = '', bits, ...others] = entry.replace(/^\[(.*)\]$/, '$1').split('/');
  if (isIP(address) === 0 || others.length > 0) return undefined;
  const parsed = ipaddr.parse(address);
  const most = parsed.kind() === 'ipv4' ? 32 : 128;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) throw refused(entry);
  return [parsed, bits === undefined ? most : Number(bits)];
}

function plainName(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function refused(entry: string): AllowListError {
  return new AllowListError(
    `has to be networks, addresses and host names without a port, such as ` +
      `10.0.0.0/8,192.168.1.7,hooks.internal,*.svc.cluster.local, not '${entry}'`,
  );
}
