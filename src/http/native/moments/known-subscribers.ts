import { Injectable } from '@nestjs/common';
import { ReadModels } from '../../../application/ports/read-models.js';
import { SubscribersProgress } from '../../../application/queries/subscribers/subscribers-progress.js';
import type { AsOf } from './as-of.js';
import { notNow } from '../problems/problem.js';

/** Sees to it that answers about subscribers hold what clients of this node have been told before. */
@Injectable()
export class KnownSubscribers {
  constructor(
    private readonly progress: SubscribersProgress,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * As of when the answers are.
   *
   * @throws Problem TEMPORARILY_UNAVAILABLE when what is known is further behind than two seconds.
   */
  async present(): Promise<AsOf> {
    if (!this.progress.hasCaughtUp)
      throw notNow('What is known of subscribers is being built from the log. Try again soon.');
    const shown = Math.max(0, ...this.readModels.status().map(({ position }) => position));
    if (shown > this.progress.position && !(await this.progress.reached(shown))) {
      throw notNow('What is known of subscribers is behind the log. Try again soon.');
    }
    return { position: this.progress.position, recordedAt: null };
  }
}
