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

const eventsAtOnce = 1_000;
/** How long it looks for what hardly ever happens before it says how far it has come. */
const longestLook = 1_000;

/** Notices for those who keep their place themselves. */
export class NoticeFeed {
  constructor(
    private readonly notices: NoticeReader,
    private readonly progress: HistoryProgress,
  ) {}

  /**
   * The next notices after a place: `limit` at most, but that those of one position are not parted. Where there are none
   * yet, it waits for the first ones. A page without any says all the same how far it has looked; others have their turn
   * meanwhile.
   */
  async next(
    { filter, scope }: NoticeQuery,
    { after, limit }: { readonly after: Position; readonly limit: number },
    { milliseconds, signal }: Patience,
  ): Promise<NoticePage> {
    const began = performance.now();
    const found: Notice[] = [];
    let most = Math.min(limit, eventsAtOnce);
    for (let reached = after; ;) {
      const page = this.notices.page(filter, { ...scope, after: reached, limit: most });
      found.push(...page.notices);
      const isDense = 2 * page.notices.length > most;
      most = Math.min(isDense ? limit - found.length : 2 * most, eventsAtOnce);
      reached = page.reached;
      if (found.length >= limit) return shortened(found, { ...page, notices: found }, limit);
      const passed = performance.now() - began;
      if (!page.isLast) {
        if (passed > longestLook || signal.aborted) return { ...page, notices: found };
        await nextTurn();
      } else if (found.length > 0 || !(await this.#movedPast(reached, milliseconds - passed, signal))) {
        return { ...page, notices: found };
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

function shortened(found: readonly Notice[], page: NoticePage, limit: number): NoticePage {
  const last = found[limit - 1];
  if (last === undefined || found.length === limit) return page;
  const isParted = found[limit]?.position === last.position;
  const first = found.findIndex(({ position }) => position === last.position);
  const kept = !isParted ? limit : first > 0 ? first : limit + 1;
  if (kept >= found.length) return page;
  const notices = found.slice(0, kept);
  return { notices, reached: notices.at(-1)?.position ?? page.reached, isLast: false };
}
