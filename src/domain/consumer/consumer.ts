import type { NoticeFilter } from '../notices/notice-filter.js';

/** Nobody has the name, or nobody has it any more. */
export interface AbsentConsumer {
  readonly status: 'absent';
}

/** A place in the log that is kept for whoever reads under the name. Times are milliseconds since the epoch. */
export interface PresentConsumer {
  readonly status: 'present';
  readonly name: string;
  readonly description: string | null;
  readonly filter: NoticeFilter;
  /** Everything up to this position has been dealt with, or is passed over. */
  readonly checkpoint: number;
  readonly paused: boolean;
  readonly createdAt: number;
  /** When the checkpoint last moved; null for never. */
  readonly acknowledgedAt: number | null;
}

/** What a consumer's stream comes to. */
export type Consumer = AbsentConsumer | PresentConsumer;

export const absent: AbsentConsumer = { status: 'absent' };
