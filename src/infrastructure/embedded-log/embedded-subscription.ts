import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  EventFilter,
  Position,
  SubscribeOptions,
  SubscriptionMessage,
} from '../../application/ports/event-store.js';
import type { LogPage } from './embedded-reader.js';

/** What a subscription needs of the log. */
export interface SubscribedLog {
  readonly head: Position;
  /** The next events after a position, from memory or from disk. */
  pageAfter(position: Position, filter: EventFilter | undefined): LogPage;
  /** From now on the subscription is to be told of appends and of the end. */
  enter(subscription: EmbeddedSubscription): void;
  leave(subscription: EmbeddedSubscription): void;
}

/**
 * One run through the log: page by page as it is asked, and waiting for appends at the head. It begins when it is
 * first asked, and ends promptly, also while it waits: when the signal says so, the log is closed or the consumer
 * leaves.
 */
export class EmbeddedSubscription implements AsyncIterableIterator<SubscriptionMessage, void> {
  readonly #log: SubscribedLog;
  readonly #options: SubscribeOptions;
  readonly #messages = this.#read();
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(log: SubscribedLog, options: SubscribeOptions) {
    this.#log = log;
    this.#options = options;
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

  /** Something has been appended. */
  wake(): void {
    this.#wake?.();
  }

  readonly end = (): void => {
    this.#ended = true;
    this.#wake?.();
  };

  async *#read(): AsyncGenerator<SubscriptionMessage, void> {
    const { after, filter, signal } = this.#options;
    if (signal.aborted) {
      return;
    }
    signal.addEventListener('abort', this.end);
    this.#log.enter(this);
    try {
      let position = after;
      while (!this.#ended) {
        const { events, through } = this.#log.pageAfter(position, filter);
        position = through;
        if (events.length > 0) {
          yield { kind: 'events', events };
        }
        if (position < this.#log.head) {
          await nextTurn();
        } else if (!this.#ended) {
          yield { kind: 'caughtUp', position };
          await this.#appendAfter(position);
        }
      }
    } finally {
      signal.removeEventListener('abort', this.end);
      this.#log.leave(this);
    }
  }

  async #appendAfter(position: Position): Promise<void> {
    if (!this.#ended && this.#log.head <= position) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
