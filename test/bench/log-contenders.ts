import type { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreDBClient as Client, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import type {
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  Revision,
} from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { closeClient, openClient } from '../../src/infrastructure/eventstoredb/client.js';
import { readConnectionAddress } from '../../src/infrastructure/eventstoredb/connection-address.js';
import { EventStoreDbEventStore } from '../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';

/** Where an append ended. */
export interface Appended {
  readonly revision: Revision;
  readonly position: Position;
}

/** A way to write to a log and to follow it. */
export interface Contender {
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /** Resolves when so many events after a position have come, of the streams whose names start in one of these ways. */
  follow(after: Position, streamPrefixes: readonly string[], count: number): Promise<void>;
  close(): Promise<void>;
}

type Open = (place: string, streamPrefixes: readonly string[]) => Contender;

/** Each opens a file, if it is the embedded log, and else a server at an address. */
const opens = {
  embedded: (file) => throughPort(EmbeddedEventStore.open(file)),
  adapter: (address, streamPrefixes) =>
    throughPort(new EventStoreDbEventStore(openClient(readConnectionAddress(address)), { streamPrefixes })),
  client: (address) => bare(openClient(readConnectionAddress(address))),
  'client-in-batches': (address) => bare(Client.connectionString(address)),
} satisfies Record<string, Open>;

export type ContenderName = keyof typeof opens;

export const contenders = Object.keys(opens) as readonly ContenderName[];

export function openContender(name: ContenderName, ...where: Parameters<Open>): Contender {
  return opens[name](...where);
}

function throughPort(store: EventStore): Contender {
  return {
    append: (stream, expected, events) => store.append(stream, expected, events),
    follow: async (after, streamPrefixes, count) => {
      const leaving = new AbortController();
      let missing = count;
      for await (const message of store.subscribe({
        after,
        filter: { streamPrefixes },
        signal: leaving.signal,
      })) {
        if (message.kind === 'events') missing -= message.events.length;
        if (missing <= 0) break;
      }
      leaving.abort();
    },
    close: () => store.close(),
  };
}

/** The same calls without the adapter, for which it does no more than it has to. */
function bare(client: EventStoreDBClient): Contender {
  return {
    append: async (stream, expected, events) => {
      const { nextExpectedRevision, position } = await client.appendToStream(stream, events.map(jsonEvent), {
        expectedRevision: expected === 'no-stream' ? 'no_stream' : BigInt(expected),
        requiresLeader: true,
      });
      return { revision: Number(nextExpectedRevision), position: Number(position?.commit) };
    },
    follow: async (after, streamPrefixes, count) => {
      const commit = BigInt(after);
      const subscription = client.subscribeToAll(
        {
          fromPosition: { commit, prepare: commit },
          filter: streamNameFilter({
            prefixes: [...streamPrefixes],
            maxSearchWindow: 1_000,
            checkpointInterval: 1,
          }),
          requiresLeader: true,
        },
        { highWaterMark: 512 },
      );
      let missing = count;
      await new Promise<void>((resolve, reject) => {
        subscription.on('error', reject);
        subscription.on('data', () => {
          missing -= 1;
          if (missing === 0) resolve();
        });
      });
      await subscription.unsubscribe();
    },
    close: () => closeClient(client),
  };
}
