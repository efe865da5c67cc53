import type { Notice } from '../notices/notice.js';
import type { Position } from '../ports/event-store.js';

/**
 * One model that a webhook is being told of. Its notices go one after the other: what comes while there is a lane is
 * passed over by the scan, and is found again in its turn. So a lane is small, whatever waits behind it.
 */
export class Lane {
  /** Position of the last event that was put on record for it. */
  recorded: Position = 0;
  /** The first and the last place at which the scan has passed over a notice that may not have been attempted. */
  passed: { first: Position; last: Position } | null = null;

  /** @param fresh the notice that it was opened for, never attempted; null for one that begins with what is open */
  constructor(
    readonly modelId: string,
    public fresh: Notice | null,
  ) {}

  /** The scan has met another notice of this model. */
  passOver(position: Position): void {
    this.passed = { first: this.passed?.first ?? position, last: position };
  }

  /** What is open of this model goes out first: the fresh notice waits as those behind it do. */
  postponeFresh(): void {
    if (this.fresh === null) return;
    const { position } = this.fresh;
    this.passed = { first: position, last: this.passed?.last ?? position };
    this.fresh = null;
  }

  /** Everything of this model up to here has been attempted, as far as the scan has met it. */
  get attemptedUpTo(): Position {
    return Math.min(this.fresh?.position ?? Infinity, this.passed?.first ?? Infinity) - 1;
  }
}
