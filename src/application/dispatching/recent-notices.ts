import { everyNotice } from '../../domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../domain/notices/notice-filter.js';
import { noticeTypes } from '../../domain/notices/notice-type.js';
import type { NoticeType } from '../../domain/notices/notice-type.js';
import type { Courtesy } from '../deciding/courtesy.js';
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
 * Nothing is read while there are none, and nothing of types that nobody wants.
 */
export class RecentNotices {
  readonly #bell = new Bell();
  readonly #joined = new Bell();
  readonly #filters = new Set<NoticeFilter>();
  #wanted = everyNotice;
  #notices: Notice[] = [];
  #from: Position;
  #reached: Position;

  constructor(
    private readonly reader: NoticeReader,
    private readonly progress: HistoryProgress,
    private readonly courtesy: Courtesy,
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

  /** From now on what this filter lets through is read; call what it returns when that is not wanted any more. */
  join(filter: NoticeFilter): () => void {
    const own = { ...filter };
    this.#filters.add(own);
    this.#begin();
    return () => {
      this.#filters.delete(own);
      if (this.#filters.size > 0) this.#begin();
    };
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
    while (!signal.aborted) {
      const { rings } = this.#joined;
      if (this.#filters.size === 0) await this.#joined.after(rings, signal);
      else await this.progress.movedPast(this.#reached, signal);
      await this.courtesy.turn();
      if (!signal.aborted && this.#filters.size > 0) this.#read();
    }
  }

  /** Begins at the newest event, with the types that anybody wants now. Whoever is not there yet reads for itself. */
  #begin(): void {
    const { position } = this.progress;
    const types = typesIn([...this.#filters]);
    const isSame = JSON.stringify(types) === JSON.stringify(this.#wanted.types);
    if (isSame && this.#filters.size > 1) return;
    this.#wanted = { ...everyNotice, types };
    this.#from = position;
    this.#reached = position;
    this.#notices = [];
    this.#bell.ring();
    this.#joined.ring();
  }

  #read(): void {
    const range = { after: this.#reached, limit: readAtOnce };
    const { notices, reached } = this.reader.page(this.#wanted, range);
    this.#reached = Math.max(this.#reached, reached);
    if (notices.length === 0) return;
    const all = [...this.#notices, ...notices];
    const tooMany = Math.max(0, all.length - kept);
    this.#from = all[tooMany - 1]?.position ?? this.#from;
    this.#notices = all.slice(tooMany);
    this.#bell.ring();
  }
}

/** All types that any of the filters asks for, in an order of their own; null when one asks for all. */
function typesIn(filters: readonly NoticeFilter[]): readonly NoticeType[] | null {
  const types = new Set<NoticeType>();
  for (const filter of filters) {
    if (filter.types === null) return null;
    for (const type of filter.types) types.add(type);
  }
  return noticeTypes.filter((type) => types.has(type));
}
