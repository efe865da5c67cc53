import type { DatabaseSync } from 'node:sqlite';
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
import {
  EventStore,
  LogClosedError,
  WrongExpectedRevisionError,
} from '../../application/ports/event-store.js';
import { EmbeddedReader } from './embedded-reader.js';
import { EmbeddedSubscription } from './embedded-subscription.js';
import type { PendingAppend, WrittenBatch } from './embedded-writer.js';
import { EmbeddedWriter } from './embedded-writer.js';
import { GroupCommit } from './group-commit.js';
import { LiveLog } from './live-log.js';
import { openLogFile } from './log-file.js';
import { toWrittenEvent } from '../event-store/written-event.js';
import { readLogPages, readStreamPages } from './paged-reading.js';

export interface EmbeddedEventStoreOptions {
  readonly observer?: EventStoreObserver;
  /** The log's clock: milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * The log in one SQLite file, for a service that needs no server beside it. Positions rise by one without gaps.
 *
 * Appends that arrive together are committed together, with one sync to disk. The file is held alone: a second process
 * needs a log of its own.
 */
export class EmbeddedEventStore extends EventStore {
  readonly #database: DatabaseSync;
  readonly #reader: EmbeddedReader;
  readonly #writer: EmbeddedWriter;
  readonly #live: LiveLog;
  readonly #appends = new GroupCommit<PendingAppend, Appended>((appends) => this.#commit(appends));
  readonly #observer: EventStoreObserver | undefined;
  #closed = false;

  /** Takes over a database that {@link openLogFile} has opened. */
  constructor(database: DatabaseSync, { observer, now = Date.now }: EmbeddedEventStoreOptions = {}) {
    super();
    this.#database = database;
    this.#observer = observer;
    this.#reader = new EmbeddedReader(database);
    this.#writer = new EmbeddedWriter(database, now);
    this.#live = new LiveLog(this.#reader, this.#writer.head);
  }

  /**
   * Opens the log in a file, made if need be together with its folder, or one in memory when told `:memory:`.
   *
   * @throws LogInUseError, NotAnAnnalsLogError or LogSchemaTooNewError when the file cannot be ours.
   */
  static open(file: string, options?: EmbeddedEventStoreOptions): EmbeddedEventStore {
    return new EmbeddedEventStore(openLogFile(file), options);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    this.#refuseWhenClosed();
    if (stream === '' || !stream.isWellFormed()) {
      throw new TypeError(`A stream cannot be named ${JSON.stringify(stream)}`);
    }
    if (events.length === 0) {
      throw new RangeError(`An append to stream ${stream} needs at least one event`);
    }
    return this.#appends.add({ stream, expected, events: events.map(toWrittenEvent) });
  }

  readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return readStreamPages(this.#reader, stream, options);
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return readLogPages(this.#reader, this.#live.head, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return {
      [Symbol.asyncIterator]: () => {
        this.#refuseWhenClosed();
        return new EmbeddedSubscription(this.#live, options);
      },
    };
  }

  async head(): Promise<Position> {
    this.#refuseWhenClosed();
    return this.#live.head;
  }

  async close(): Promise<void> {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#appends.flush();
    this.#live.close();
    this.#database.close();
  }

  #refuseWhenClosed(): void {
    if (this.#closed) {
      throw new LogClosedError();
    }
  }

  #commit(appends: readonly PendingAppend[]): WrittenBatch['outcomes'] {
    const began = performance.now();
    const batch = this.#writer.write(appends);
    const milliseconds = performance.now() - began;
    this.#live.publish(batch.rows);
    if (this.#observer !== undefined) {
      observe(this.#observer, batch, milliseconds);
    }
    return batch.outcomes;
  }
}

function observe(
  observer: EventStoreObserver,
  { outcomes, rows, written }: WrittenBatch,
  milliseconds: number,
) {
  if (written > 0) {
    observer.committed({ appends: written, events: rows.length, milliseconds });
  }
  for (const outcome of outcomes) {
    if (outcome instanceof WrongExpectedRevisionError) {
      observer.conflicted();
    }
  }
}
