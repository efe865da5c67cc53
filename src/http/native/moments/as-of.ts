import type { Position } from '../../../application/ports/event-store.js';

/** What an answer was computed at: everything up to there and nothing after it. */
export interface AsOf {
  /** 0 when nothing has been recorded yet. */
  readonly position: Position;
  /** When the newest event up to there was recorded, in milliseconds since the epoch; null when there is none. */
  readonly recordedAt: number | null;
}
