import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStoreObserver } from '../../application/ports/event-store.js';
import { closeClient, openClient } from './client.js';
import type { ConnectionAddress } from './connection-address.js';
import { describeAddress } from './connection-address.js';
import type { EventStoreDbConnectionError } from './connection-error.js';
import { explainedAtOnce, unreachable } from './connection-trouble.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { reasonOf } from './failures.js';
import { LogScope } from './log-scope.js';
import { failureOf } from './probe.js';
import type { Timings } from './timings.js';
import { pauseBefore } from './timings.js';

/** Told how connecting goes. */
export interface ConnectionLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface ConnectOptions {
  readonly streamPrefixes: readonly string[];
  readonly observer: EventStoreObserver;
  readonly log: ConnectionLog;
  /** How long, in milliseconds, to try to reach a server that does not answer. */
  readonly patience?: number;
  readonly timings?: Partial<Timings>;
}

const defaultPatience = 15_000;

/**
 * Connects to EventStoreDB and makes sure that it can be used: that it is there, that its certificate is trusted, and
 * that the user may read `$all`, which the read models follow, and the log's streams. Nothing is written.
 *
 * @throws EventStoreDbConnectionError which says what is wrong and how to mend it.
 */
export async function connectToEventStoreDb(
  address: ConnectionAddress,
  { streamPrefixes, observer, log, patience = defaultPatience, timings = {} }: ConnectOptions,
): Promise<EventStoreDbEventStore> {
  const client = openClient(address);
  try {
    await verify(client, address, new LogScope(streamPrefixes).missingStream, log, patience);
  } catch (error) {
    await closeClient(client);
    throw error;
  }
  log.info(
    { eventStore: describeAddress(address) },
    `The log is in EventStoreDB at ${describeAddress(address)}`,
  );
  const requiresLeader = /^leader$/i.test(address.options.get('nodePreference') ?? 'leader');
  return new EventStoreDbEventStore(client, { streamPrefixes, requiresLeader, observer, timings });
}

async function verify(
  client: EventStoreDBClient,
  address: ConnectionAddress,
  stream: string,
  log: ConnectionLog,
  patience: number,
): Promise<void> {
  const began = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const trouble = await findTrouble(client, address, stream);
    if (trouble === undefined) return;
    if (trouble.isFinal) throw trouble.error;
    const wait = pauseBefore(attempt);
    if (performance.now() - began + wait >= patience) throw unreachable(address, trouble.cause, patience);
    const details = { eventStore: describeAddress(address), attempt, reason: reasonOf(trouble.cause) };
    log.warn(details, 'EventStoreDB cannot be reached yet; trying again');
    await pause(wait);
  }
}

type Trouble =
  | { readonly isFinal: true; readonly error: EventStoreDbConnectionError }
  | { readonly isFinal: false; readonly cause: unknown };

async function findTrouble(
  client: EventStoreDBClient,
  address: ConnectionAddress,
  stream: string,
): Promise<Trouble | undefined> {
  const calls = [
    {
      what: '$all',
      open: () => client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }),
    },
    { what: `stream ${stream}`, open: () => client.readStream(stream, { maxCount: 1 }) },
  ];
  for (const { what, open } of calls) {
    const cause = await failureOf(open);
    if (cause === undefined) continue;
    const error = explainedAtOnce(address, what, cause);
    return error ? { isFinal: true, error } : { isFinal: false, cause };
  }
  return undefined;
}
