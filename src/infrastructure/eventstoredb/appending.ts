import { setTimeout as pause } from 'node:timers/promises';
import type {
  EventData,
  EventStoreDBClient,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import {
  AppendOutcomeUnknownError,
  AppendTooLargeError,
  LogUnavailableError,
  WrongExpectedRevisionError,
} from '../../application/ports/event-store.js';
import type {
  Appended,
  EventStoreObserver,
  ExpectedRevision,
  Position,
  RecordedEvent,
  Revision,
} from '../../application/ports/event-store.js';
import type { WrittenEvent } from '../event-store/written-event.js';
import { within } from './deadline.js';
import { kindOf, reasonOf } from './failures.js';
import type { Timings } from './timings.js';
import { pauseBefore } from './timings.js';
import { Turnstile } from './turnstile.js';

/** As many calls as a server usually lets one connection make at a time, less some for reading. */
const mostAtATime = 80;

/** Connecting takes its time before the deadline of the call begins to count. */
const connecting = 500;

/** Events on their way to one stream. */
export interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly WrittenEvent[];
}

export interface AppendingContext {
  readonly client: EventStoreDBClient;
  readonly requiresLeader: boolean;
  readonly timings: Timings;
  readonly observer: EventStoreObserver | undefined;
  /** The events of a stream from a revision on, so many of them. */
  readStream(stream: string, from: Revision, limit: number): AsyncIterable<RecordedEvent>;
}

/**
 * Appends, and finds out what became of it. Where the reply is missing the same events are sent again with the same
 * ids, which the server takes for what they are as long as the revision is an exact one.
 */
export class Appending {
  readonly #context: AppendingContext;
  readonly #turnstile = new Turnstile(mostAtATime);

  constructor(context: AppendingContext) {
    this.#context = context;
  }

  /**
   * @throws WrongExpectedRevisionError, AppendTooLargeError
   * @throws AppendOutcomeUnknownError when no reply came within the patience.
   * @throws LogUnavailableError when it was not stored.
   */
  append(append: PendingAppend): Promise<Appended> {
    const began = performance.now();
    return this.#turnstile.run(() => this.#untilKnown(append, began));
  }

  async #untilKnown(append: PendingAppend, began: number): Promise<Appended> {
    const { appendPatience, connectionPatience } = this.#context.timings;
    let uncertain: unknown;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(append);
      } catch (error) {
        const kind = kindOf(error);
        if (kind === 'conflict') {
          return await this.#afterConflict(append, error as WrongExpectedVersionError, uncertain);
        }
        if (kind === 'too-large') {
          throw new AppendTooLargeError(append.stream, (error as MaxAppendSizeExceededError).maxAppendSize);
        }
        if (kind === 'refused' || kind === 'not-found') throw unavailable(error);
        if (kind === 'uncertain') uncertain = error;
        const patience = uncertain === undefined ? connectionPatience : appendPatience;
        const wait = kind === 'elsewhere' && attempt === 1 ? 0 : pauseBefore(attempt);
        if (performance.now() - began + wait >= patience) throw givenUp(append, uncertain, error);
        await pause(wait);
      }
      this.#context.observer?.resent();
    }
  }

  async #send({ stream, expected, events }: PendingAppend): Promise<Appended> {
    const { client, requiresLeader, timings, observer } = this.#context;
    const began = performance.now();
    const sent = client.appendToStream(stream, events.map(toEventData), {
      expectedRevision: expected === 'no-stream' ? 'no_stream' : BigInt(expected),
      requiresLeader,
      deadline: timings.appendAttempt,
    });
    const { nextExpectedRevision, position } = await within(timings.appendAttempt + connecting, sent);
    observer?.committed({ appends: 1, events: events.length, milliseconds: performance.now() - began });
    const revision = Number(nextExpectedRevision);
    return {
      revision,
      position: position ? Number(position.commit) : await this.#positionOf(stream, revision),
    };
  }

  /**
   * A conflict that an earlier attempt may have caused itself. Servers know their own by the ids, but not all of them
   * and not always, after another node has taken the lead.
   */
  async #afterConflict(
    append: PendingAppend,
    { actualVersion }: WrongExpectedVersionError,
    uncertain: unknown,
  ): Promise<Appended> {
    const { stream, expected } = append;
    if (uncertain !== undefined) {
      const earlier = await this.#earlierAppend(append).catch((error: unknown) => {
        throw givenUp(append, uncertain, error);
      });
      if (earlier) return earlier;
    }
    this.#context.observer?.conflicted();
    const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no-stream';
    throw new WrongExpectedRevisionError(stream, expected, actual);
  }

  /** The answer of the append that put these very events in this place, when there was one. */
  async #earlierAppend({ stream, expected, events }: PendingAppend): Promise<Appended | undefined> {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const found: RecordedEvent[] = [];
    for await (const event of this.#context.readStream(stream, first, events.length)) found.push(event);
    const last = found.at(-1);
    const same =
      found.length === events.length && found.every(({ id }, index) => isSame(id, events[index]?.id));
    return last && same ? { revision: last.revision, position: last.position } : undefined;
  }

  /** Some servers do not say where an append is that was sent again. */
  async #positionOf(stream: string, revision: Revision): Promise<Position> {
    for await (const { position } of this.#context.readStream(stream, revision, 1)) return position;
    throw new LogUnavailableError(`the event at revision ${revision} of stream ${stream} is not there yet`);
  }
}

/** The content as it was when the append was asked for; the client makes its JSON only when it gets to it. */
function toEventData({ id, type, data, metadata }: WrittenEvent): EventData {
  return {
    id,
    type,
    contentType: 'application/json',
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: new Uint8Array(Buffer.from(metadata)),
  };
}

/** Ids are UUIDs, which the server writes in small letters. */
function isSame(id: string, other: string | undefined): boolean {
  return id.toLowerCase() === other?.toLowerCase();
}

function givenUp({ stream }: PendingAppend, uncertain: unknown, last: unknown): LogUnavailableError {
  return uncertain === undefined
    ? unavailable(last)
    : new AppendOutcomeUnknownError(stream, new Error(reasonOf(uncertain), { cause: last }));
}

function unavailable(error: unknown): LogUnavailableError {
  return new LogUnavailableError(new Error(reasonOf(error), { cause: error }));
}
