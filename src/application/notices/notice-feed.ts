import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NoticeFilter } from '../../domain/notices/notice-filter.js';
import type { Position } from '../ports/event-store.js';
import type { HistoryProgress } from '../queries/history/history-progress.js';
import type { NoticePage, NoticeReader, NoticeScope } from './notice-reader.js';
import type { Notice } from './notice.js';

/** What somebody asks for. */
export interface NoticeQuery {
  readonly filter: NoticeFilter;
  readonly scope: NoticeScope;
}

/** How long somebody waits for something to be told. */
export interface Patience {
  readonly milliseconds: number;
  /** Nobody waits any longer. */
  readonly signal: AbortSignal;
}

const eventsAtOnce = 500;
/** How long it looks for what hardly ever happens before it says how far it has come, in milliseconds. */
const longestLook = 1_000;

/** Notices for those who keep their place themselves. */
export class NoticeFeed {
  constructor(
    private readonly notices: NoticeReader,
    private readonly progress: HistoryProgress,
  ) {}

  /**
   * The next notices after a place: `limit` at most, but that those of one position are not parted. Where there are none
   * yet, it waits for the first ones. Without any, it says all the same how far it has looked.
   */
  async next(...asked: Parameters<NoticeFeed['pieces']>): Promise<NoticePage> {
    const notices: Notice[] = [];
    let [reached, isLast] = [asked[1].after, false];
    for await (const piece of this.pieces(...asked)) {
      notices.push(...piece.notices);
      ({ reached, isLast } = piece);
    }
    return { notices, reached, isLast };
  }

  /** The same in pieces, so that nobody has to keep all of them. Others have their turn between two. */
  async *pieces(
    { filter, scope }: NoticeQuery,
    { after, limit }: { readonly after: Position; readonly limit: number },
    { milliseconds, signal }: Patience,
  ): AsyncIterable<NoticePage> {
    const began = performance.now();
    let found = 0;
    let most = Math.min(limit, eventsAtOnce);
    for (let reached = after; ;) {
      const page = this.notices.page(filter, { ...scope, after: reached, limit: most });
      const kept = shortened(page, limit - found, found === 0);
      yield kept;
      found += kept.notices.length;
      reached = kept.reached;
      if (found >= limit || kept !== page) return;
      const isDense = 2 * page.notices.length > most;
      most = Math.min(isDense ? limit - found : 2 * most, eventsAtOnce);
      const passed = performance.now() - began;
      if (!page.isLast) {
        if (passed > longestLook || signal.aborted) return;
        await nextTurn();
      } else if (found > 0 || !(await this.#movedPast(reached, milliseconds - passed, signal))) {
        return;
      }
    }
  }

  async #movedPast(position: Position, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (milliseconds <= 0) return false;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(milliseconds))]);
    await this.progress.movedPast(position, patience);
    return !patience.aborted;
  }
}

/** No more than there is room for; all of the first position if that is to be there. */
function shortened(page: NoticePage, room: number, hasFirst: boolean): NoticePage {
  const { notices } = page;
  if (notices.length <= room) return page;
  const position = notices[room]?.position;
  const start = notices.findIndex((notice) => notice.position === position);
  const isTooLong = start === 0 && hasFirst;
  const kept = isTooLong ? notices.filter((notice) => notice.position === position) : notices.slice(0, start);
  if (kept.length === notices.length) return page;
  const reached = kept.at(-1)?.position ?? (notices[0]?.position ?? page.reached) - 1;
  return { notices: kept, reached, isLast: false };
}
