import { Injectable } from '@nestjs/common';
import { Moments } from '../../../application/queries/history/moments.js';
import type { PositionWindow } from '../../../application/queries/history/moments.js';
import { iso } from '../messages/iso.js';
import { invalidParameter } from '../problems/problem.js';
import type { AsOf } from './as-of.js';
import { PointsInTime } from './points-in-time.js';

/** A window as a client says it: from here to there, or so long before there. Times in milliseconds. */
export interface SaidWindow {
  /** Inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  readonly before?: number;
}

/** The window that was meant; without an end of its own it ends with the log. */
export interface Window {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly positions: PositionWindow;
}

/** What `from`, `to` and `before` mean. */
@Injectable()
export class Windows {
  constructor(
    private readonly moments: Moments,
    private readonly points: PointsInTime,
  ) {}

  /**
   * The events of the window that were recorded as of a point. It may begin before the log did.
   *
   * @throws Problem INVALID_WINDOW when it is upside down, INVALID_MOMENT when the log holds no time of it.
   */
  resolve({ from: start, to, before }: SaidWindow, asOf: AsOf): Window {
    if (start !== undefined && before !== undefined) {
      throw invalidParameter('before', 'before takes the place of from: say one of the two.');
    }
    if (before !== undefined && to === undefined) {
      throw invalidParameter('before', 'before needs to: the window begins so long before it.');
    }
    const from = before === undefined || to === undefined ? start : to - before;
    if (from !== undefined && to !== undefined && from >= to) {
      throw this.points.problem(
        'from',
        `The window is upside down: from ${iso(from)} to ${iso(to)}.`,
        'INVALID_WINDOW',
      );
    }
    for (const [parameter, time] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (time !== undefined && this.points.isFuture(time)) {
        throw this.points.problem(parameter, `${parameter} ${iso(time)} is in the future.`);
      }
    }
    const { first } = this.moments.range();
    if (to !== undefined && (first === undefined || to <= first.recordedAt)) {
      throw this.points.problem('to', `to ${iso(to)} is before the log began.`);
    }
    const { after, upTo } = this.moments.between(from, to);
    const end = Math.min(upTo, asOf.position);
    return { from, to, positions: { after: Math.min(after, end), upTo: end } };
  }

  /** The newest moment of a window: what is asked of it is answered as of then. */
  endOf({ upTo }: PositionWindow): AsOf {
    return this.points.upTo(upTo);
  }
}
