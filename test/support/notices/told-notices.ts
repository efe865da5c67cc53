import type { Notice } from '../../../src/application/notices/notice.js';
import { NoticeReader } from '../../../src/application/notices/notice-reader.js';
import type { NoticePage, NoticeRange } from '../../../src/application/notices/notice-reader.js';
import { HistoryProgress } from '../../../src/application/queries/history/history-progress.js';
import { wants } from '../../../src/domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../../src/domain/notices/notice-filter.js';
import { productionChanged, typePrefix } from '../../../src/domain/notices/notice-type.js';
import { ProgressWaiters } from '../../../src/projections/progress-waiters.js';

const modelId = '0b0e6c8e-3b87-4c33-a0b8-5b4c6a4a2a11';

/** A version of `fraud` that was moved to Production at a position. */
export function moved(position: number): Notice {
  const id = `event-${position}`;
  return {
    id,
    type: `${typePrefix}version.stage_transitioned.v1`,
    position,
    modelId,
    modelName: 'fraud',
    version: 7,
    moves: [{ from: 'Staging', to: 'Production' }],
    entry: {
      position,
      eventId: id,
      type: 'StageTransitioned',
      category: 'registry',
      outcome: 'done',
      text: 'ana moved fraud v7 from Staging to Production',
      model: { id: modelId, name: 'fraud' },
      version: 7,
      revision: position,
      actor: { type: 'user', id: 'ana', authentication: 'basic-unverified' },
      client: { address: '192.0.2.1', userAgent: null },
      happenedAt: 1_000 * position,
      recordedAt: 1_000 * position,
      before: { stage: 'Staging' },
      after: { stage: 'Production' },
      comment: null,
      from: 'Staging',
      to: 'Production',
      inFavourOf: null,
      archived: [],
      refusal: null,
      correlationId: 'request',
      causationId: 'command',
      requestId: 'request',
    },
    occupants: { Staging: [], Production: [7] },
    production: null,
  };
}

/** The same with what it changed in Production. */
export function movedAndChanged(position: number): readonly Notice[] {
  const notice = moved(position);
  const production = { entered: [7], left: [] };
  return [notice, { ...notice, id: `${notice.id}.production`, type: productionChanged, production }];
}

/** Notices that are there as soon as they are told. */
export class ToldNotices extends NoticeReader {
  readonly #notices: Notice[] = [];
  readonly progress = new ToldProgress();

  tell(...notices: readonly Notice[]): void {
    this.#notices.push(...notices);
    this.progress.moveTo(notices.at(-1)?.position ?? 0);
  }

  override page(filter: NoticeFilter, { after, upTo = Infinity, limit }: NoticeRange): NoticePage {
    const end = Math.min(upTo, this.progress.position);
    const positions = [...new Set(this.#notices.map(({ position }) => position))].filter(
      (position) => position > after && position <= end,
    );
    const isLast = positions.length <= limit;
    const reached = isLast ? Math.max(end, after) : (positions[limit - 1] ?? after);
    const notices = this.#notices.filter(
      (notice) =>
        notice.position > after && notice.position <= reached && wants(filter, notice, () => this.tagsOf()),
    );
    return { notices, reached, isLast };
  }

  override notice(id: string): Notice | undefined {
    return this.#notices.find((notice) => notice.id === id);
  }

  override tagsOf() {
    return [];
  }
}

class ToldProgress extends HistoryProgress {
  readonly #waiters = new ProgressWaiters();
  position = 0;
  readonly hasCaughtUp = true;
  readonly failure = undefined;

  moveTo(position: number): void {
    this.position = position;
    this.#waiters.moved(position);
  }

  override reached(position: number): Promise<boolean> {
    return this.#waiters.wait(position, this.position);
  }

  override movedPast(position: number, signal: AbortSignal): Promise<void> {
    return this.#waiters.waitPast(position, this.position, signal);
  }
}
