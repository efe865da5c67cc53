import { LogUnavailableError } from '../ports/event-store.js';
import type { Position } from '../ports/event-store.js';
import { Bell } from './bell.js';
import { Couriers } from './couriers.js';
import type { CourierStatus } from './couriers.js';
import type { DispatchingParts } from './dispatching-parts.js';
import { firstOf } from './first-of.js';
import type { Held, Lease } from './lease.js';
import { RecentNotices } from './recent-notices.js';

/** What is under way when the service stops is given so long to end, in milliseconds. */
const grace = 2_000;
/** How often it is looked at most whether webhooks have changed. */
const lookEvery = 50;
const pauseForTheLog = 500;
const pauseAfterFailure = 1_000;

/**
 * Sends webhooks, while this node has the lease: one courier for each webhook that is active. It begins with what this
 * node's read models say once they hold everything that was in the log when it got the lease.
 */
export class Dispatcher {
  #couriers: Couriers | undefined;

  constructor(
    private readonly parts: DispatchingParts,
    private readonly lease: Lease,
  ) {}

  /** Whether webhooks are sent by this node. */
  get isActive(): boolean {
    return this.lease.isHeld;
  }

  /** How far the webhooks are that this node sends. */
  status(): readonly CourierStatus[] {
    return this.#couriers?.status() ?? [];
  }

  /**
   * Resolves some time after the signal is aborted, when nothing more is sent.
   *
   * @param ready when the read models may be asked
   */
  async run(ready: Promise<unknown>, until: AbortSignal): Promise<void> {
    await firstOf(until, () => ready);
    while (!until.aborted) {
      try {
        await this.lease.hold((held) => this.#dispatch(held, until), until);
      } catch (error) {
        this.parts.log.error({ err: error }, 'the dispatcher of webhooks has stopped; it will begin again');
        await this.parts.timing.pause(pauseAfterFailure, until);
      }
    }
  }

  async #dispatch(held: Held, until: AbortSignal): Promise<void> {
    const over = new AbortController();
    const end = () => over.abort();
    for (const signal of [held.lost, until]) signal.addEventListener('abort', end);
    if (held.lost.aborted || until.aborted) end();
    const { history, notices, courtesy, timing } = this.parts;
    await this.#catchUp(over.signal);
    const recent = new RecentNotices(notices, history, courtesy);
    const ended = new Bell();
    const couriers = new Couriers(this.parts, recent, held.isHeld, () => ended.ring());
    const following = recent.follow(over.signal).finally(end);
    this.#couriers = couriers;
    held.lost.addEventListener('abort', () => couriers.cut());
    try {
      await Promise.all([following, this.#attend(couriers, ended, over.signal)]);
    } finally {
      end();
      couriers.stop();
      if (held.lost.aborted) couriers.cut();
      await firstOf(
        held.lost,
        () => couriers.ended(),
        (signal) => timing.pause(grace, signal),
      );
      couriers.cut();
      await couriers.ended();
      this.#couriers = undefined;
      for (const signal of [held.lost, until]) signal.removeEventListener('abort', end);
    }
  }

  /** Keeps the couriers to what is known of the webhooks. */
  async #attend(couriers: Couriers, ended: Bell, signal: AbortSignal): Promise<void> {
    const { subscribers, timing } = this.parts;
    while (!signal.aborted) {
      const { rings } = ended;
      const { position } = subscribers;
      couriers.attend();
      await firstOf(
        signal,
        (leave) => subscribers.movedPast(position, leave),
        (leave) => ended.after(rings, leave),
      );
      await timing.pause(lookEvery, signal);
    }
  }

  /** What the node before this one has put on record must be known before anything is sent. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    const head = await this.#head(signal);
    await this.parts.history.movedPast(head - 1, signal);
    await this.parts.subscribers.movedPast(head - 1, signal);
  }

  async #head(signal: AbortSignal): Promise<Position> {
    while (!signal.aborted) {
      try {
        return await this.parts.store.head();
      } catch (error) {
        if (!(error instanceof LogUnavailableError)) throw error;
        await this.parts.timing.pause(pauseForTheLog, signal);
      }
    }
    return 0;
  }
}
