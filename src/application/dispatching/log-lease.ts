import { randomUUID } from 'node:crypto';
import type { LeaseEvent } from '../../domain/dispatcher-lease/events.js';
import { leaseAfter, mayBeTaken } from '../../domain/dispatcher-lease/lease.js';
import type { Lease as LeaseState, LeaseTimes } from '../../domain/dispatcher-lease/lease.js';
import { decodeLeaseEvent, dispatcherLeaseStream } from '../history/dispatcher-lease-codec.js';
import { LogUnavailableError, WrongExpectedRevisionError } from '../ports/event-store.js';
import type { EventStore, ExpectedRevision, NewEvent } from '../ports/event-store.js';
import type { Timing } from '../ports/timing.js';
import { dispatcherMetadata } from './dispatcher-metadata.js';
import type { DispatcherLog } from './dispatching-parts.js';
import { Lease } from './lease.js';
import type { Held } from './lease.js';
import { Stopwatch } from './stopwatch.js';

/** The end of the stream, and since when this node has seen nothing after it. */
interface Sight {
  readonly revision: ExpectedRevision;
  readonly lease: LeaseState;
  readonly since: number;
}

const betweenTries = 250;

/**
 * A lease that is kept in the log, for a log that several nodes share. Whoever appends to its stream at the revision
 * that it expects has it; see {@link LeaseTimes}.
 */
export class LogLease extends Lease {
  #revision: ExpectedRevision = 'no-stream';
  #renewed: Stopwatch | undefined;

  /** @param holder says which node it is, to people */
  constructor(
    private readonly store: EventStore,
    private readonly timing: Timing,
    private readonly times: LeaseTimes,
    private readonly holder: string,
    private readonly log: DispatcherLog,
  ) {
    super();
  }

  override get isHeld(): boolean {
    return this.#renewed !== undefined && this.#renewed.milliseconds < this.times.holdFor;
  }

  override async hold(work: (held: Held) => Promise<void>, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const term = await this.#take(until);
      if (term !== undefined) await this.#work(work, term, until);
    }
  }

  /** Resolves with the term when this node has got the lease; undefined when it need not try any more. */
  async #take(until: AbortSignal): Promise<number | undefined> {
    for (let sight: Sight | undefined; !until.aborted;) {
      try {
        sight = await this.#look(sight);
        if (mayBeTaken(sight.lease, this.timing.passed() - sight.since, this.times)) {
          const term = sight.lease.term + 1;
          this.#revision = sight.revision;
          const { holder } = this;
          const taken = this.#event({ type: 'LeaseTaken', data: { holder, term } });
          if ((await this.#append(taken, until)) && this.isHeld) return term;
          continue;
        }
      } catch (error) {
        if (!(error instanceof LogUnavailableError)) throw error;
      }
      await this.timing.pause(this.times.lookEvery, until);
    }
    return undefined;
  }

  async #look(before: Sight | undefined): Promise<Sight> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    for await (const event of this.store.readStream(dispatcherLeaseStream, newest)) {
      const { revision } = event;
      if (before?.revision === revision) return before;
      return { revision, lease: leaseAfter(decodeLeaseEvent(event)), since: this.timing.passed() };
    }
    return { revision: 'no-stream', lease: leaseAfter(undefined), since: this.timing.passed() };
  }

  async #work(work: (held: Held) => Promise<void>, term: number, until: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const done = new AbortController();
    this.log.info({ holder: this.holder, term }, 'this node sends webhooks now');
    const guarding = Promise.all([this.#renew(term, lost, done.signal), this.#watch(lost, done.signal)]);
    try {
      await work({ lost: lost.signal, isHeld: () => !lost.signal.aborted && this.isHeld });
    } finally {
      done.abort();
      lost.abort();
      await guarding;
      if (this.isHeld) await this.#release(term, until);
      this.#renewed = undefined;
      this.log.info({ holder: this.holder, term }, 'this node does not send webhooks any more');
    }
  }

  async #renew(term: number, lost: AbortController, done: AbortSignal): Promise<void> {
    while (!done.aborted && !lost.signal.aborted) {
      await this.timing.pause(this.times.renewEvery, done);
      if (done.aborted || lost.signal.aborted) return;
      const renewed = this.#event({ type: 'LeaseRenewed', data: { term } });
      if (!(await this.#append(renewed, lost.signal))) lost.abort();
    }
  }

  /** The holder stops by its own clock when the log does not say in time that it still is the holder. */
  async #watch(lost: AbortController, done: AbortSignal): Promise<void> {
    while (!done.aborted && !lost.signal.aborted) {
      const left = this.times.holdFor - (this.#renewed?.milliseconds ?? Infinity);
      if (left <= 0) return lost.abort();
      await this.timing.pause(left, done);
    }
  }

  async #release(term: number, until: AbortSignal): Promise<void> {
    const released = this.#event({ type: 'LeaseReleased', data: { term } });
    try {
      await this.store.append(dispatcherLeaseStream, this.#revision, [released]);
    } catch (error) {
      if (error instanceof WrongExpectedRevisionError) return;
      if (!(error instanceof LogUnavailableError)) throw error;
      if (!until.aborted)
        this.log.error({ err: error }, 'the lease could not be given back; it will run out');
    }
  }

  /**
   * Appends until it is known what became of it. A lease that was renewed counts from when the append first began.
   *
   * @returns whether it is in the log; false when another one has written there, or it is not waited for any more
   */
  async #append(event: NewEvent, until: AbortSignal): Promise<boolean> {
    const began = new Stopwatch(this.timing);
    while (!until.aborted) {
      try {
        const { revision } = await this.store.append(dispatcherLeaseStream, this.#revision, [event]);
        this.#revision = revision;
        this.#renewed = began;
        return true;
      } catch (error) {
        if (error instanceof WrongExpectedRevisionError) return false;
        if (!(error instanceof LogUnavailableError)) throw error;
        await this.timing.pause(betweenTries, until);
      }
    }
    return false;
  }

  #event({ type, data }: LeaseEvent): NewEvent {
    const id = randomUUID();
    return { id, type, data: { ...data }, metadata: { ...dispatcherMetadata(id, this.timing.now(), null) } };
  }
}
