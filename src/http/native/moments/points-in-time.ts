import { Injectable } from '@nestjs/common';
import { Clock } from '../../../application/ports/clock.js';
import type { Position } from '../../../application/ports/event-store.js';
import { ReadModels } from '../../../application/ports/read-models.js';
import { HistoryProgress } from '../../../application/queries/history/history-progress.js';
import { Moments } from '../../../application/queries/history/moments.js';
import { LogStatus } from '../../operations/log-status.js';
import { iso } from '../messages/iso.js';
import { Problem, notNow } from '../problems/problem.js';
import type { SaidMoment } from '../requests/moment.js';
import type { AsOf } from './as-of.js';
import { rangeMessage, rangeText } from './range-message.js';

/** What `asOf` means, and that answers hold what clients of this node have been told before. */
@Injectable()
export class PointsInTime {
  constructor(
    private readonly moments: Moments,
    private readonly progress: HistoryProgress,
    private readonly readModels: ReadModels,
    private readonly log: LogStatus,
    private readonly clock: Clock,
  ) {}

  /**
   * The point that was asked for; the newest if nothing was said.
   *
   * @param parameter how the client calls it
   * @throws Problem INVALID_MOMENT for a time before the log began or in the future and for a position past the head.
   * @throws Problem TEMPORARILY_UNAVAILABLE when the history is further behind than two seconds.
   */
  async resolve(said: SaidMoment | undefined, parameter = 'asOf'): Promise<AsOf> {
    await this.#caughtUp();
    if (said === undefined) return this.newest();
    return 'position' in said
      ? this.#atPosition(said.position, parameter)
      : this.#atTime(said.time, parameter);
  }

  /** Where the history stands now. */
  newest(): AsOf {
    const { last } = this.moments.range();
    return last ?? { position: 0, recordedAt: null };
  }

  /** The newest moment up to a position, which has been reached. */
  upTo(position: Position): AsOf {
    return this.moments.momentAt(position) ?? { position: 0, recordedAt: null };
  }

  /** A problem about a time or a position, with the range that is valid. */
  problem(
    parameter: string,
    what: string,
    code: 'INVALID_MOMENT' | 'INVALID_WINDOW' = 'INVALID_MOMENT',
  ): Problem {
    const range = this.moments.range();
    return new Problem(code, `${what} ${rangeText(range)}`, { parameter, valid: rangeMessage(range) });
  }

  /** Whether a time lies in the future, for the clock and for the log. */
  isFuture(time: number): boolean {
    return time > Math.max(this.clock.now(), this.moments.range().last?.recordedAt ?? 0);
  }

  #atTime(time: number, parameter: string): AsOf {
    if (this.isFuture(time)) {
      throw this.problem(parameter, `${parameter} is in the future: it is ${iso(this.clock.now())} here.`);
    }
    const position = this.moments.positionAt(time);
    if (position === undefined) {
      throw this.problem(parameter, `${parameter} ${iso(time)} is before the log began.`);
    }
    return this.upTo(position);
  }

  async #atPosition(position: Position, parameter: string): Promise<AsOf> {
    const { first, reached } = this.moments.range();
    if (position > reached) await this.#untilRead(position, parameter);
    if (first === undefined || position < first.position) {
      throw this.problem(parameter, `${parameter} is a position before the log began.`);
    }
    return { position, recordedAt: this.moments.momentAt(position)?.recordedAt ?? null };
  }

  /** A position that this node has not read may be in the log all the same. */
  async #untilRead(position: Position, parameter: string): Promise<void> {
    const { head } = await this.log.state();
    if (position > head)
      throw this.problem(parameter, `${parameter} is a position past the head of the log.`);
    if (!(await this.progress.reached(position))) throw behind();
  }

  /** Waits for everything that this node's registry has shown to anybody. */
  async #caughtUp(): Promise<void> {
    if (!this.progress.hasCaughtUp) throw notNow('The history is being built from the log. Try again soon.');
    const shown = Math.max(0, ...this.readModels.status().map(({ position }) => position));
    if (shown > this.progress.position && !(await this.progress.reached(shown))) throw behind();
  }
}

function behind(): Problem {
  return notNow('The history is behind the log. Try again soon.');
}
