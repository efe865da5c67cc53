import type { EventStoreDBClient } from '@eventstore/db-client';
import { EventStore, LogClosedError } from '../../application/ports/event-store.js';
import type {
  Appended,
  EventStoreObserver,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../../application/ports/event-store.js';
import { toWrittenEvent } from '../event-store/written-event.js';
import { Appending } from './appending.js';
import { closeClient } from './client.js';
import { EventStoreDbSubscription } from './eventstoredb-subscription.js';
import type { SubscribedLog } from './eventstoredb-subscription.js';
import { LogHead } from './log-head.js';
import { readLog } from './log-reading.js';
import { LogScope } from './log-scope.js';
import { PatientReading } from './patient-reading.js';
import { readStream } from './stream-reading.js';
import type { ReadingContext } from './stream-reading.js';
import { SubscriptionFeed } from './subscription-feed.js';
import { defaultTimings } from './timings.js';
import type { Timings } from './timings.js';

export interface EventStoreDbOptions {
  /** How the names of the log's streams start. Without it, every stream that is not the system's is the log's. */
  readonly streamPrefixes?: readonly string[];
  /** False where the operator prefers a node that may be a little behind. */
  readonly requiresLeader?: boolean;
  readonly observer?: EventStoreObserver;
  readonly timings?: Partial<Timings>;
}

/**
 * The log in EventStoreDB or KurrentDB, which may be a cluster and may hold the streams of others too. Positions are
 * the server's commit positions: they rise, with gaps.
 *
 * It keeps working on its own account while the server is away: calls fail with a LogUnavailableError within seconds,
 * subscriptions are dropped, and the next call finds the way back. Only one of it should be in use in a process: the
 * client has state that all its instances share.
 */
export class EventStoreDbEventStore extends EventStore {
  readonly #client: EventStoreDBClient;
  readonly #scope: LogScope;
  readonly #timings: Timings;
  readonly #reading: PatientReading;
  readonly #context: ReadingContext;
  readonly #appending: Appending;
  readonly #head: LogHead;
  readonly #appends = new Set<Promise<Appended>>();
  readonly #subscriptions = new Set<EventStoreDbSubscription>();
  #closing: Promise<void> | undefined;

  /** Takes over a client. */
  constructor(
    client: EventStoreDBClient,
    { streamPrefixes, requiresLeader = true, observer, timings }: EventStoreDbOptions = {},
  ) {
    super();
    this.#client = client;
    this.#scope = new LogScope(streamPrefixes);
    this.#timings = { ...defaultTimings, ...timings };
    this.#reading = new PatientReading(this.#timings.readProgress);
    this.#context = { client, reading: this.#reading, requiresLeader };
    this.#head = new LogHead(this.#context, this.#scope);
    this.#appending = new Appending({
      client,
      requiresLeader,
      observer,
      timings: this.#timings,
      readStream: (stream, from, limit) => readStream(this.#context, stream, { from, limit }),
    });
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    this.#refuseWhenClosed();
    if (stream === '' || !stream.isWellFormed() || !this.#scope.includes(stream)) {
      throw new TypeError(`A stream of this log cannot be named ${JSON.stringify(stream)}`);
    }
    if (events.length === 0) {
      throw new RangeError(`An append to stream ${stream} needs at least one event`);
    }
    const appending = this.#appending.append({ stream, expected, events: events.map(toWrittenEvent) });
    this.#appends.add(appending);
    try {
      const appended = await appending;
      this.#head.know(appended.position);
      return appended;
    } finally {
      this.#appends.delete(appending);
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return readStream(this.#context, stream, options);
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const head = this.head();
    // Whoever reads is told of a failure; whoever never begins to read need not be.
    head.catch(() => undefined);
    return readLog(this.#context, this.#scope, head, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return {
      [Symbol.asyncIterator]: () => {
        this.#refuseWhenClosed();
        return new EventStoreDbSubscription(this.#subscribed(), options);
      },
    };
  }

  async head(): Promise<Position> {
    this.#refuseWhenClosed();
    return this.#head.find();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #subscribed(): SubscribedLog {
    return {
      silence: this.#timings.subscriptionSilence,
      open: (after) => SubscriptionFeed.open(this.#client, this.#scope, after, this.#context.requiresLeader),
      head: () => this.#head.find(),
      know: (position) => this.#head.know(position),
      pass: (after, through) => this.#head.pass(after, through),
      enter: (subscription) => void this.#subscriptions.add(subscription),
      leave: (subscription) => void this.#subscriptions.delete(subscription),
    };
  }

  async #close(): Promise<void> {
    this.#subscriptions.forEach((subscription) => subscription.end());
    await Promise.allSettled(this.#appends);
    this.#reading.close();
    await closeClient(this.#client);
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== undefined) {
      throw new LogClosedError();
    }
  }
}
