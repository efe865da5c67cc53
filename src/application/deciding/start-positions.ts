import { RefusedParameterError } from '../../domain/refused-parameter-error.js';
import { RegistryError } from '../../domain/registry-error.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore, Position } from '../ports/event-store.js';
import type { HistoryProgress } from '../queries/history/history-progress.js';
import type { Moments } from '../queries/history/moments.js';

/** From where on a subscriber is told: what is recorded after that. A time is in milliseconds since the epoch. */
export type StartFrom = 'now' | 'beginning' | { readonly position: Position } | { readonly time: number };

/** Finds the position that a beginning means. Subscribers are told what is recorded after it. */
export class StartPositions {
  constructor(
    private readonly store: EventStore,
    private readonly progress: HistoryProgress,
    private readonly moments: Moments,
    private readonly clock: Clock,
  ) {}

  /**
   * A time before the log began means its beginning.
   *
   * @param parameter how the client calls it
   * @throws RefusedParameterError for a position past the head and for a time in the future.
   * @throws RegistryError TEMPORARILY_UNAVAILABLE for a time, when the history is behind.
   */
  async resolve(from: StartFrom, parameter: string): Promise<Position> {
    if (from === 'beginning') return 0;
    const head = await this.store.head();
    if (from === 'now') return head;
    if ('position' in from) {
      if (from.position <= head) return from.position;
      throw new RefusedParameterError(
        parameter,
        `${parameter} is a position past the head of the log, which is at ${head}.`,
      );
    }
    return this.#atTime(from.time, head, parameter);
  }

  async #atTime(time: number, head: Position, parameter: string): Promise<Position> {
    const now = this.clock.now();
    if (time > now) {
      const here = new Date(now).toISOString();
      throw new RefusedParameterError(parameter, `${parameter} is in the future: it is ${here} here.`);
    }
    if (!this.progress.hasCaughtUp || !(await this.progress.reached(head))) {
      throw new RegistryError('TEMPORARILY_UNAVAILABLE', 'The history is behind the log. Try again soon.');
    }
    return this.moments.positionAt(time) ?? 0;
  }
}
