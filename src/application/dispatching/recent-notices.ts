import { setImmediate as nextTurn } from 'node:timers/promises';
import { everyNotice } from '../../domain/notices/notice-filter.js';
import type { Notice } from '../notices/notice.js';
import type { NoticeReader } from '../notices/notice-reader.js';
import type { Position } from '../ports/event-store.js';
import type { HistoryProgress } from '../queries/history/history-progress.js';
import { Bell } from './bell.js';

const readAtOnce = 500;
const kept = 1_000;

/** What is new since some position. */
export interface Recent {
  readonly notices: readonly Notice[];
  /** Nothing else is to be told up to here. */
  readonly reached: Position;
}

/**
 * The newest notices, read once for all webhooks that are up to date: what each of them wants is a matter of its filter.
 */
export class RecentNotices {
  readonly #bell = new Bell();
  #notices: Notice[] = [];
  #from: Position;
  #reached: Position;

  constructor(
    private readonly reader: NoticeReader,
    private readonly progress: HistoryProgress,
  ) {
    this.#from = progress.position;
    this.#reached = this.#from;
  }

  /** How often there was something new. */
  get rings(): number {
    return this.#bell.rings;
  }

  /** Resolves when there was something new more often than that, or when the signal is aborted. */
  after(rings: number, signal: AbortSignal): Promise<void> {
    return this.#bell.after(rings, signal);
  }

  /** What is to be told after a position; undefined when that is too long ago to know. */
  since(position: Position): Recent | undefined {
    if (position < this.#from) return undefined;
    let first = this.#notices.length;
    while (first > 0 && (this.#notices[first - 1]?.position ?? 0) > position) first -= 1;
    return { notices: this.#notices.slice(first), reached: Math.max(position, this.#reached) };
  }

  /** Reads what is recorded, until the signal is aborted. */
  async follow(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.progress.movedPast(this.#reached, signal);
      if (signal.aborted) return;
      const { notices, reached } = this.reader.page(everyNotice, { after: this.#reached, limit: readAtOnce });
      this.#reached = Math.max(this.#reached, reached);
      if (notices.length > 0) this.#add(notices);
      await nextTurn();
    }
  }

  #add(notices: readonly Notice[]): void {
    const all = [...this.#notices, ...notices];
    const tooMany = all.length - kept;
    const last = all[tooMany - 1];
    if (last !== undefined) this.#from = last.position;
    this.#notices = tooMany > 0 ? all.slice(tooMany) : all;
    this.#bell.ring();
  }
}
