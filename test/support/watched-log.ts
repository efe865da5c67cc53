import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Appended,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../../src/application/ports/event-store.js';
import { EventStore } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';

interface Asked<Options> {
  readonly stream: string;
  readonly options: Options;
}

/** The embedded log in memory, which notes what is asked of it and lets a test come between. */
export class WatchedLog extends EventStore {
  readonly appends: {
    readonly stream: string;
    readonly expected: ExpectedRevision;
    readonly types: string[];
  }[] = [];
  readonly reads: Asked<ReadStreamOptions>[] = [];
  /** Happens before every append reaches the log. What it throws, the append throws. */
  beforeAppend: (stream: string) => unknown = () => {};
  /** Happens after every append. What it throws, the append throws, although the log has the events. */
  afterAppend: (stream: string) => unknown = () => {};
  /** Happens after a stream was read and before the reader gets the events. */
  afterRead: (stream: string) => unknown = () => {};

  get #calls(): number {
    return this.appends.length + this.reads.length;
  }

  readonly log = EmbeddedEventStore.open(':memory:');

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    this.appends.push({ stream, expected, types: events.map(({ type }) => type) });
    await this.beforeAppend(stream);
    const appended = await this.log.append(stream, expected, events);
    await this.afterAppend(stream);
    return appended;
  }

  override async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent, void> {
    this.reads.push({ stream, options });
    const events: RecordedEvent[] = [];
    for await (const event of this.log.readStream(stream, options)) events.push(event);
    await this.afterRead(stream);
    yield* events;
  }

  /** Resolves when a call has been held up for good: nothing more happens by itself. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.#calls;) {
      before = this.#calls;
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    }
  }

  override readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent> {
    return this.log.readAll(options);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage> {
    return this.log.subscribe(options);
  }

  override head(): Promise<Position> {
    return this.log.head();
  }

  override close(): Promise<void> {
    return this.log.close();
  }
}

/** Runs an action the first so many times it is called, and nothing after that. */
export function times(count: number, action: () => unknown): () => unknown {
  let left = count;
  return () => (left-- > 0 ? action() : undefined);
}
