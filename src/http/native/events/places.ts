import { Injectable } from '@nestjs/common';
import type { Position } from '../../../application/ports/event-store.js';
import { Moments } from '../../../application/queries/history/moments.js';
import { PointsInTime } from '../moments/points-in-time.js';
import type { SaidMoment } from '../requests/moment.js';

/** Where in the log somebody goes on. */
@Injectable()
export class Places {
  constructor(
    private readonly points: PointsInTime,
    private readonly moments: Moments,
  ) {}

  /**
   * The position after which events are meant, which has been read; of a time, that of the newest event recorded by
   * then. Where the log is now, if nothing was said.
   *
   * @param parameter how the client calls it
   * @throws Problem INVALID_MOMENT for a time in the future and for a position past the head.
   * @throws Problem TEMPORARILY_UNAVAILABLE when the history is further behind than two seconds.
   */
  async after(said: SaidMoment | undefined, parameter = 'after'): Promise<Position> {
    await this.points.resolve(undefined);
    const { reached } = this.moments.range();
    if (said === undefined) return reached;
    if ('position' in said) {
      if (said.position <= reached) return said.position;
      return (await this.points.resolve(said, parameter)).position;
    }
    if (this.points.isFuture(said.time)) {
      throw this.points.problem(parameter, `${parameter} is in the future.`);
    }
    return this.moments.positionAt(said.time) ?? 0;
  }
}
