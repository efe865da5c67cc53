import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EventFilter, EventStore } from '../application/ports/event-store.js';
import { EmbeddedEventStore } from '../infrastructure/embedded-log/embedded-event-store.js';
import {
  ConnectionAddressError,
  describeAddress,
  readConnectionAddress,
} from '../infrastructure/eventstoredb/connection-address.js';
import type { Account, ConnectionAddress } from '../infrastructure/eventstoredb/connection-address.js';
import { UsageError } from './command-line.js';

/** Where a log is: in a data folder, or in EventStoreDB. */
export type LogPlace =
  | { readonly kind: 'folder'; readonly file: string }
  | { readonly kind: 'eventstoredb'; readonly address: ConnectionAddress };

/**
 * Reads what stands after `--from` or `--to`. A user in the address goes before the account, which may be meant for the
 * other of two servers.
 *
 * @throws UsageError
 */
export function readLogPlace(option: '--from' | '--to', text: string, account: Account): LogPlace {
  if (text === ':memory:') throw new UsageError(`${option} has to be a log that stays, not one in memory`);
  if (!text.includes('://')) return { kind: 'folder', file: join(resolve(text), 'log.sqlite') };
  try {
    const { credentials } = readConnectionAddress(text);
    return { kind: 'eventstoredb', address: readConnectionAddress(text, credentials ?? account) };
  } catch (error) {
    if (error instanceof ConnectionAddressError) throw new UsageError(`${option} ${error.message}`);
    throw error;
  }
}

/** For people; it keeps passwords to itself. */
export function describePlace(place: LogPlace): string {
  return place.kind === 'folder' ? place.file : describeAddress(place.address);
}

/** Whether both are one log, as far as their names say it. */
export function isSamePlace(one: LogPlace, other: LogPlace): boolean {
  if (one.kind === 'folder') return other.kind === 'folder' && realPath(one.file) === realPath(other.file);
  return other.kind === 'eventstoredb' && serverOf(one.address) === serverOf(other.address);
}

/**
 * @throws LogInUseError, NotAnAnnalsLogError, LogSchemaTooNewError or EventStoreDbConnectionError
 */
export async function openPlace(
  place: LogPlace,
  { streamPrefixes }: EventFilter,
  say: (message: string) => void,
): Promise<EventStore> {
  if (place.kind === 'folder') return EmbeddedEventStore.open(place.file);
  const { connectToEventStoreDb } = await import('../infrastructure/eventstoredb/connect.js');
  return connectToEventStoreDb(place.address, {
    streamPrefixes,
    observer: { committed: () => undefined, conflicted: () => undefined, resent: () => undefined },
    log: { info: () => undefined, warn: (_, message) => say(message) },
  });
}

/** Opening an embedded log makes one where there is none, which is no good for a source. */
export function isMissing(place: LogPlace): boolean {
  return place.kind === 'folder' && !existsSync(place.file);
}

function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function serverOf({ scheme, hosts }: ConnectionAddress): string {
  const named = hosts
    .toLowerCase()
    .split(',')
    .map((host) => (host.includes(':') ? host : `${host}:2113`));
  return `${scheme}://${named.sort().join()}`;
}
