import { wants } from '../../domain/notices/notice-filter.js';
import type { Tag } from '../../domain/registered-model/events.js';
import type { NoticeQuery } from './notice-feed.js';
import type { Notice } from './notice.js';

/** Which of the notices that come one after the other somebody wants: those that a page of the same query would have. */
export class Wanted {
  readonly #holders: Set<string> | undefined;

  /** @param holders ids of the models that have had the name `everNamed` so far */
  constructor(
    readonly query: NoticeQuery,
    holders: readonly string[],
  ) {
    this.#holders = query.scope.everNamed === undefined ? undefined : new Set(holders);
  }

  /** Whether every notice is wanted. */
  get isEverything(): boolean {
    const { filter, scope } = this.query;
    return Object.values(filter).every((one) => one === null) && Object.keys(scope).length === 0;
  }

  has(notice: Notice, tags: () => readonly Tag[]): boolean {
    return this.#isInScope(notice) && wants(this.query.filter, notice, tags);
  }

  #isInScope({ modelId, modelName, version, moves }: Notice): boolean {
    const { scope } = this.query;
    if (scope.everNamed === modelName) this.#holders?.add(modelId);
    if (this.#holders !== undefined && !this.#holders.has(modelId)) return false;
    if (scope.modelId !== undefined && scope.modelId !== modelId) return false;
    if (scope.version !== undefined && scope.version !== version) return false;
    const { stage } = scope;
    return stage === undefined || moves.some(({ from, to }) => from === stage || to === stage);
  }
}
