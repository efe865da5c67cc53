import { randomUUID } from 'node:crypto';
import type { DeliveryEvent } from '../../domain/delivery/events.js';
import { deliveriesStream, encodeDeliveryEvent } from '../history/delivery-codec.js';
import { LogUnavailableError, WrongExpectedRevisionError } from '../ports/event-store.js';
import type { Appended, EventStore, ExpectedRevision, NewEvent, Position } from '../ports/event-store.js';
import type { Timing } from '../ports/timing.js';
import { Bell } from './bell.js';
import { dispatcherMetadata } from './dispatcher-metadata.js';
import type { Cause } from './dispatcher-metadata.js';

/** Where the stream of a webhook's deliveries ends. */
export interface StreamEnd {
  readonly revision: ExpectedRevision;
  /** Of its last event; 0 when it has none. */
  readonly position: Position;
}

/**
 * Another one writes what this webhook was told: this node is not the dispatcher any more, or somebody writes there who
 * should not. What was read of the webhook before is not to be relied on.
 */
export class FencedOffError extends Error {
  override readonly name = 'FencedOffError';
}

/** The dispatcher ended before it was known whether an event is on disk. */
export class CutOffError extends Error {
  override readonly name = 'CutOffError';
}

interface Job {
  readonly events: readonly NewEvent[];
  readonly resolve: (position: Position) => void;
  readonly reject: (error: unknown) => void;
}

/** An event may be some 25 kB long, and every log takes a megabyte at once. */
const maxBatch = 32;
const firstPause = 100;
const longestPause = 5_000;

/**
 * Puts on record what one webhook is told. What waits while an append is under way goes out together in the next one.
 *
 * The log says by the revision of the stream whether this node is still the one who writes there. When it does not say
 * what became of an append, the same events are sent again until it does.
 */
export class DeliveryLog {
  readonly #stream: string;
  readonly #troubles = new Bell();
  #waiting: Job[] = [];
  #isAppending = false;
  #isTroubled = false;

  /** @param cut ends the waiting for a log that does not answer */
  constructor(
    private readonly store: EventStore,
    webhookId: string,
    private end: ExpectedRevision,
    private readonly timing: Timing,
    private readonly cut: AbortSignal,
  ) {
    this.#stream = deliveriesStream(webhookId);
  }

  static async endOf(store: EventStore, webhookId: string): Promise<StreamEnd> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    for await (const { revision, position } of store.readStream(deliveriesStream(webhookId), newest)) {
      return { revision, position };
    }
    return { revision: 'no-stream', position: 0 };
  }

  /** Resolves when the log takes what it is given, or when the signal is aborted. Nothing is to be sent before. */
  async untilSound(signal: AbortSignal): Promise<void> {
    while (this.#isTroubled && !signal.aborted) {
      await this.#troubles.after(this.#troubles.rings, signal);
    }
  }

  /**
   * Resolves when all of the events are on disk, with the position of the last one.
   *
   * @throws FencedOffError or CutOffError; nothing can be put on record then by this object any more
   */
  record(events: readonly DeliveryEvent[], cause: Cause | null): Promise<Position> {
    const drafts = events.map((event) => {
      const id = randomUUID();
      return { id, ...encodeDeliveryEvent(event), metadata: { ...dispatcherMetadata(id, event.at, cause) } };
    });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events: drafts, resolve, reject });
      if (this.#isAppending) return;
      this.#isAppending = true;
      // What ends in the same turn of the event loop goes out in the same append.
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    let failure: unknown;
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.splice(0, maxBatch);
      try {
        if (failure !== undefined) throw failure;
        const { revision, position } = await this.#append(jobs.flatMap(({ events }) => events));
        this.end = revision;
        for (const { resolve } of jobs) resolve(position);
      } catch (error) {
        failure = error;
        for (const { reject } of jobs) reject(error);
      }
    }
    this.#isAppending = false;
  }

  async #append(events: readonly NewEvent[]): Promise<Appended> {
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        const appended = await this.store.append(this.#stream, this.end, events);
        this.#isTroubled = false;
        this.#troubles.ring();
        return appended;
      } catch (error) {
        if (error instanceof WrongExpectedRevisionError)
          throw new FencedOffError(error.message, { cause: error });
        if (!(error instanceof LogUnavailableError)) throw error;
        this.#isTroubled = true;
        if (!this.cut.aborted) await this.timing.pause(pause * (0.5 + this.timing.random()), this.cut);
        if (this.cut.aborted) throw new CutOffError(error.message, { cause: error });
      }
    }
  }
}
