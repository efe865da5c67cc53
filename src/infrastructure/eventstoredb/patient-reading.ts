import { setTimeout as pause } from 'node:timers/promises';
import type { StreamingRead } from '@eventstore/db-client';
import { LogClosedError, LogUnavailableError } from '../../application/ports/event-store.js';
import { DeadlineError } from './deadline.js';
import { kindOf, reasonOf } from './failures.js';
import { Feed } from './feed.js';
import { pauseBefore } from './timings.js';

const mostItems = 512;
const mostAttempts = 3;

/** Opens the call that delivers what follows an item; what is first if there is none yet. */
export type OpenCall<Item> = (after: Item | undefined) => StreamingRead<Item>;

/**
 * Makes the calls that read. A call is ended when its reader leaves, when it says nothing for too long, and when the
 * log is closed. One that fails is taken up again where it was, a few times: the client finds its way back to a server,
 * or to another one, only with the next call.
 */
export class PatientReading {
  readonly #feeds = new Set<Feed<unknown>>();
  readonly #progress: number;
  #closed = false;

  /** @param progress for how long, in milliseconds, a call may deliver nothing */
  constructor(progress: number) {
    this.#progress = progress;
  }

  /**
   * What a call delivers, in batches; nothing when it is about a stream that does not exist.
   *
   * @throws LogUnavailableError when it could not be delivered.
   * @throws LogClosedError after {@link close}, also to whoever is reading.
   */
  async *batches<Item>(open: OpenCall<Item>): AsyncGenerator<readonly Item[], void> {
    let last: Item | undefined;
    for (let attempt = 1; ; attempt += 1) {
      this.refuseWhenClosed();
      const stream = open(last);
      const feed = new Feed<Item>(stream, () => stream.cancel());
      this.#feeds.add(feed);
      try {
        for await (const items of this.#delivered(feed)) {
          last = items.at(-1);
          attempt = 1;
          yield items;
        }
        return;
      } catch (error) {
        if (kindOf(error) === 'not-found') return;
        if (!isWorthAnotherTry(error) || attempt === mostAttempts) throw toPortError(error);
        if (kindOf(error) !== 'elsewhere') await pause(pauseBefore(attempt));
      } finally {
        this.#feeds.delete(feed);
        feed.close();
      }
    }
  }

  refuseWhenClosed(): void {
    if (this.#closed) throw new LogClosedError();
  }

  close(): void {
    this.#closed = true;
    this.#feeds.forEach((feed) => feed.close());
  }

  async *#delivered<Item>(feed: Feed<Item>): AsyncGenerator<readonly Item[], void> {
    for (;;) {
      const items = feed.take(mostItems);
      if (items.length > 0) yield items;
      else {
        this.refuseWhenClosed();
        if (feed.failure !== undefined) throw feed.failure;
        if (feed.over) return;
        if (!(await feed.stirring(this.#progress))) throw new DeadlineError(this.#progress);
      }
    }
  }
}

/** A server that is silent is not asked again: whoever waits for the answer has waited long enough. */
function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof DeadlineError || error instanceof LogClosedError) return false;
  const kind = kindOf(error);
  return kind === 'elsewhere' || kind === 'unreachable' || kind === 'uncertain';
}

function toPortError(error: unknown): unknown {
  if (error instanceof LogClosedError) return error;
  return new LogUnavailableError(error instanceof Error ? explained(error) : error);
}

/** The client leaves some messages empty, and the reason is what people will see. */
function explained(error: Error): Error {
  const reason = reasonOf(error);
  return reason === error.message ? error : new Error(reason, { cause: error });
}
