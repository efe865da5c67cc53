import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NoticeReader } from '../notices/notice-reader.js';
import type { ConsumerView } from '../queries/subscribers/subscriber-views.js';

/** How far a consumer is behind. */
export interface ConsumerLag {
  /** Notices that it wants and has not acknowledged. */
  readonly pending: number;
  /** There are more than these, or there may be: it was not looked any further. */
  readonly isAtLeast: boolean;
  /** When the oldest of them was recorded, in milliseconds since the epoch; null when there is none. */
  readonly oldestRecordedAt: number | null;
}

const countedAtMost = 10_000;
const eventsAtOnce = 1_000;
/** For what hardly ever happens it would read the whole history. */
const longestLook = 1_000;

/** Counts what consumers have before them. */
export class ConsumerLags {
  constructor(private readonly notices: NoticeReader) {}

  /** Others have their turn meanwhile. */
  async of({ filter, checkpoint }: ConsumerView): Promise<ConsumerLag> {
    const began = performance.now();
    let pending = 0;
    let oldestRecordedAt: number | null = null;
    for (let after = checkpoint; ;) {
      const { notices, reached, isLast } = this.notices.page(filter, { after, limit: eventsAtOnce });
      oldestRecordedAt ??= notices[0]?.entry.recordedAt ?? null;
      pending += notices.length;
      if (isLast && pending <= countedAtMost) return { pending, isAtLeast: false, oldestRecordedAt };
      if (pending >= countedAtMost || performance.now() - began > longestLook) {
        return { pending: Math.min(pending, countedAtMost), isAtLeast: true, oldestRecordedAt };
      }
      after = reached;
      await nextTurn();
    }
  }
}
