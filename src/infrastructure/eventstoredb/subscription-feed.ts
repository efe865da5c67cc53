import type { AllStreamResolvedEvent, EventStoreDBClient } from '@eventstore/db-client';
import type { Position } from '../../application/ports/event-store.js';
import { Feed } from './feed.js';
import type { LogScope } from './log-scope.js';
import { toServerPosition } from './recorded-event.js';

/** How many events are kept ready for the consumer. */
const buffered = 512;

/** A running subscription to the log on the server, and what the server says besides events. */
export class SubscriptionFeed extends Feed<AllStreamResolvedEvent> {
  #confirmed = false;
  #live = false;
  #passed: Position = 0;

  /** @param after the last position that is not wanted any more; 0 for everything */
  static open(
    client: EventStoreDBClient,
    scope: LogScope,
    after: Position,
    requiresLeader: boolean,
  ): SubscriptionFeed {
    const subscription = client.subscribeToAll(
      {
        fromPosition: after === 0 ? 'start' : toServerPosition(after),
        // If this threw, the client would never deliver anything again.
        filter: scope.filter((_, { commit }) => feed.pass(Number(commit))),
        requiresLeader,
      },
      { highWaterMark: buffered },
    );
    const feed = new SubscriptionFeed(subscription, () => subscription.unsubscribe());
    subscription.on('confirmation', () => feed.confirm());
    subscription.on('caughtUp', () => feed.goLive());
    return feed;
  }

  /** The server follows the log for this subscription. */
  get confirmed(): boolean {
    return this.#confirmed;
  }

  /** The server has said that the history is over; old ones never do. It is true once everything has been taken. */
  get live(): boolean {
    return this.#live;
  }

  /** Up to here the server has found nothing but what it sent. It is true once everything has been taken. */
  get passed(): Position {
    return this.#passed;
  }

  confirm(): void {
    this.#confirmed = true;
    this.stir();
  }

  goLive(): void {
    this.#live = true;
    this.stir();
  }

  pass(position: Position): void {
    this.#passed = Math.max(this.#passed, position);
    this.stir();
  }
}
