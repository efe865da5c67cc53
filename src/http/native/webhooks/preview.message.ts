import { Injectable } from '@nestjs/common';
import { Envelopes } from '../../../application/notices/envelopes.js';
import { FilterPreviews } from '../../../application/queries/subscribers/filter-preview.js';
import type { WebhookView } from '../../../application/queries/subscribers/subscriber-views.js';
import { PointsInTime } from '../moments/points-in-time.js';
import { Problem } from '../problems/problem.js';

/** Says what a filter would have let through of the newest events. */
@Injectable()
export class PreviewMessages {
  constructor(
    private readonly previews: FilterPreviews,
    private readonly points: PointsInTime,
    private readonly envelopes: Envelopes,
  ) {}

  /** Everything is null when the history is behind: what was asked for is done all the same. */
  async of(webhook: WebhookView) {
    if (!(await this.#isUpToDate())) return { wouldHaveMatched: null, lookedAt: null, example: null };
    const { wouldHaveMatched, lookedAt, example } = this.previews.of(webhook);
    return { wouldHaveMatched, lookedAt, example: example ? this.envelopes.of(example) : null };
  }

  async #isUpToDate(): Promise<boolean> {
    try {
      await this.points.resolve(undefined);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }
}
