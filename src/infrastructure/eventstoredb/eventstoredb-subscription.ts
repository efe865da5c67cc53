import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { SubscriptionDroppedError, SubscriptionStalledError } from '../../application/ports/event-store.js';
import type {
  Position,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../../application/ports/event-store.js';
import { passes } from '../event-store/event-filter.js';
import { isInvalidPosition, reasonOf } from './failures.js';
import type { ServerEvent } from './recorded-event.js';
import { toRecordedEvent } from './recorded-event.js';
import type { SubscriptionFeed } from './subscription-feed.js';

/** What a subscription needs of the log. */
export interface SubscribedLog {
  /** How long, in milliseconds, a subscription may say nothing while the log has events for it. */
  readonly silence: number;
  open(after: Position): SubscriptionFeed;
  head(): Promise<Position>;
  /** There is an event of the log at this position. */
  know(position: Position): void;
  /** Every event of the log after one position and up to another is known. */
  pass(after: Position, through: Position): void;
  /** From now on the subscription is to be told when the log is closed. */
  enter(subscription: EventStoreDbSubscription): void;
  leave(subscription: EventStoreDbSubscription): void;
}

const mostEvents = 512;

/**
 * One run through the log: the server sends what is in it, and then what is appended. It begins when it is first asked
 * and ends promptly: when the signal says so, the log is closed or the consumer leaves. If the server ends it, or
 * forgets it, the iteration throws.
 */
export class EventStoreDbSubscription implements AsyncIterableIterator<SubscriptionMessage, void> {
  readonly #log: SubscribedLog;
  readonly #options: SubscribeOptions;
  readonly #messages = this.#read();
  #ended = false;
  /** Everything up to here has been delivered. */
  #position: Position;
  #saidPosition: Position;
  #saidCaughtUp: Position | undefined;
  #caughtUp = false;
  /** Where the log ended when the history was asked for. */
  #target: Position | undefined;
  #feed: SubscriptionFeed | undefined;

  constructor(log: SubscribedLog, options: SubscribeOptions) {
    this.#log = log;
    this.#options = options;
    this.#position = options.after;
    this.#saidPosition = options.after;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<SubscriptionMessage, void>> {
    return this.#messages.next();
  }

  return(): Promise<IteratorResult<SubscriptionMessage, void>> {
    this.end();
    return this.#messages.return();
  }

  readonly end = (): void => {
    this.#ended = true;
    this.#feed?.close();
  };

  async *#read(): AsyncGenerator<SubscriptionMessage, void> {
    const { after, signal } = this.#options;
    if (signal.aborted || this.#ended) return;
    signal.addEventListener('abort', this.end);
    this.#log.enter(this);
    try {
      const feed = (this.#feed = this.#log.open(after));
      this.#findHead((head) => this.#setTarget(head, feed));
      while (!this.#ended) {
        const message = this.#message(feed);
        if (message) yield message;
        else if (feed.over) throw this.#dropped(feed.failure);
        else await this.#somethingFrom(feed);
      }
    } finally {
      signal.removeEventListener('abort', this.end);
      this.#log.leave(this);
      this.#feed?.close();
    }
  }

  /** The next thing to say; undefined when there is nothing new. */
  #message(feed: SubscriptionFeed): SubscriptionMessage | undefined {
    const batch = feed.take(mostEvents);
    const events = this.#passing(batch);
    const isDrained = batch.length < mostEvents;
    if (events.length > 0) {
      this.#saidPosition = this.#position;
      return { kind: 'events', events };
    }
    if (isDrained) this.#moveTo(feed.passed);
    if (isDrained && feed.confirmed) this.#caughtUp ||= this.#isAtTheEnd(feed);
    return this.#caughtUp ? this.#sayCaughtUp() : this.#sayCheckpoint();
  }

  #sayCaughtUp(): SubscriptionMessage | undefined {
    if (this.#position === this.#saidCaughtUp) return undefined;
    this.#saidCaughtUp = this.#position;
    return { kind: 'caughtUp', position: this.#position };
  }

  #sayCheckpoint(): SubscriptionMessage | undefined {
    if (this.#position === this.#saidPosition) return undefined;
    this.#saidPosition = this.#position;
    return { kind: 'checkpoint', position: this.#position };
  }

  /** Those that the consumer wants; the others have been dealt with. */
  #passing(batch: readonly AllStreamResolvedEvent[]): readonly RecordedEvent[] {
    const { filter } = this.#options;
    const events = batch.flatMap(({ event }) => (event ? [toRecordedEvent(event as ServerEvent)] : []));
    const last = events.at(-1);
    if (last) {
      this.#log.know(last.position);
      this.#moveTo(last.position);
    }
    return filter ? events.filter(({ stream }) => passes(filter, stream)) : events;
  }

  #moveTo(position: Position): void {
    if (position <= this.#position) return;
    this.#position = position;
    this.#log.pass(this.#options.after, position);
  }

  #isAtTheEnd(feed: SubscriptionFeed): boolean {
    return feed.live || (this.#target !== undefined && this.#position >= this.#target);
  }

  /** Not waited for, so that nothing keeps the subscription from ending. If it fails, the watch asks again. */
  #findHead(found: (head: Position) => void): void {
    this.#log.head().then(found, () => undefined);
  }

  #setTarget(head: Position, feed: SubscriptionFeed): void {
    if (this.#target !== undefined) return;
    this.#target = head;
    feed.stir();
  }

  /** Waits, and looks from time to time whether it waits for something that has been there for long. */
  async #somethingFrom(feed: SubscriptionFeed): Promise<void> {
    const { silence } = this.#log;
    let head: Position | undefined;
    while (!(await feed.stirring(silence / 2))) {
      if (head !== undefined && head > this.#position) {
        throw new SubscriptionStalledError(this.#position, head, silence);
      }
      this.#findHead((found) => {
        head = found;
        if (!this.#caughtUp) this.#setTarget(found, feed);
      });
    }
  }

  #dropped(failure: unknown): Error {
    if (failure === undefined) return new SubscriptionDroppedError('the server ended it without a reason');
    if (isInvalidPosition(failure)) {
      return new SubscriptionDroppedError(
        `position ${this.#options.after} is not in this log. Is the read model one of another log? Then remove it`,
      );
    }
    return new SubscriptionDroppedError(new Error(reasonOf(failure), { cause: failure }));
  }
}
