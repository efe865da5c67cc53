import type { EventFilter, Position } from '../../application/ports/event-store.js';
import { CommittedTail } from './committed-tail.js';
import type { EmbeddedReader, LogPage } from './embedded-reader.js';
import type { EmbeddedSubscription, SubscribedLog } from './embedded-subscription.js';
import type { LogRow } from './log-row.js';
import { passes } from '../event-store/event-filter.js';

const pageEvents = 512;

/** The growing log as its subscribers see it: served from memory near the head and from disk before that. */
export class LiveLog implements SubscribedLog {
  readonly #reader: EmbeddedReader;
  readonly #tail: CommittedTail;
  readonly #subscriptions = new Set<EmbeddedSubscription>();
  #head: Position;

  constructor(reader: EmbeddedReader, head: Position) {
    this.#reader = reader;
    this.#tail = new CommittedTail(head);
    this.#head = head;
  }

  get head(): Position {
    return this.#head;
  }

  /** Tells the subscribers of events that have just been committed and follow the head. */
  publish(rows: readonly LogRow[]): void {
    if (rows.length === 0) {
      return;
    }
    this.#tail.add(rows);
    this.#head += rows.length;
    this.#subscriptions.forEach((subscription) => subscription.wake());
  }

  pageAfter(position: Position, filter: EventFilter | undefined): LogPage {
    const events = this.#tail.after(position, pageEvents);
    if (events === undefined) {
      const request = {
        direction: 'forwards',
        from: position + 1,
        to: this.#head,
        limit: pageEvents,
      } as const;
      return this.#reader.logPage({ ...request, filter });
    }
    const through = events.at(-1)?.position ?? position;
    return { events: filter ? events.filter(({ stream }) => passes(filter, stream)) : events, through };
  }

  enter(subscription: EmbeddedSubscription): void {
    this.#subscriptions.add(subscription);
  }

  leave(subscription: EmbeddedSubscription): void {
    this.#subscriptions.delete(subscription);
  }

  /** Ends every subscription. */
  close(): void {
    this.#subscriptions.forEach((subscription) => subscription.end());
  }
}
