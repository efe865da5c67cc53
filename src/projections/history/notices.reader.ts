import { LRUCache } from 'lru-cache';
import type { DatabaseSync } from 'node:sqlite';
import { NoticeReader } from '../../application/notices/notice-reader.js';
import type { NoticePage, NoticeRange } from '../../application/notices/notice-reader.js';
import type { Notice } from '../../application/notices/notice.js';
import type { Position } from '../../application/ports/event-store.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import type { AuditFilter } from '../../application/queries/history/audit-reader.js';
import { wants } from '../../domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../domain/notices/notice-filter.js';
import { eventTypesOf, productionChanged } from '../../domain/notices/notice-type.js';
import type { Tag } from '../../domain/registered-model/events.js';
import { sql } from '../sql.js';
import { AuditSearch } from './audit-search.js';
import { ModelReferences } from './model-references.js';
import { NoticesOf, productionSuffix } from './notices-of.js';
import { PastTags } from './past-tags.js';
import { textHash } from './text-hash.js';

const numbersKept = 20_000;
const lookedAtLeast = 1_000;

/**
 * Reads what there is to tell from the tables of the history projection, along the index of the condition that the
 * fewest entries meet. It may be made before the tables are; to read takes all of them, with their indexes.
 */
export class SqliteNoticeReader extends NoticeReader {
  readonly #search: AuditSearch;
  readonly #references: ModelReferences;
  readonly #notices: NoticesOf;
  readonly #tags: PastTags;
  readonly #numbers = new LRUCache<string, number>({ max: numbersKept });

  /** @param reached how far the projection has come */
  constructor(
    db: DatabaseSync,
    private readonly reached: () => Position,
  ) {
    super();
    this.#search = new AuditSearch(db);
    this.#references = new ModelReferences(db);
    this.#notices = new NoticesOf(db, reached);
    this.#tags = new PastTags(db);
  }

  override page(filter: NoticeFilter, range: NoticeRange): NoticePage {
    const upTo = Math.min(range.upTo ?? Infinity, this.reached());
    if (upTo <= range.after) return { notices: [], reached: range.after, isLast: true };
    const { items, end } = this.#search.page(
      { ...entriesFor(filter, range), window: { after: range.after, upTo } },
      { limit: range.limit, order: 'oldestFirst', lookAt: Math.max(2 * range.limit, lookedAtLeast) },
    );
    const notices: Notice[] = [];
    for (const entry of items) {
      for (const notice of this.#noticesOf(entry)) {
        if (this.#wants(filter, notice) && touches(notice, range.stage)) notices.push(notice);
      }
    }
    return { notices, reached: end === undefined ? upTo : Number(end[0]), isLast: end === undefined };
  }

  override notice(id: string): Notice | undefined {
    const eventId = id.endsWith(productionSuffix) ? id.slice(0, -productionSuffix.length) : id;
    const entry = this.#search.entry(sql`e.event_hash = ${textHash(eventId)} AND e.event_id = ${eventId}`);
    return entry && this.#noticesOf(entry).find((notice) => notice.id === id);
  }

  override tagsOf({ modelId, version, position }: Notice): readonly Tag[] {
    const model = this.#numberOf(modelId);
    return [
      ...this.#tags.every(model, 0, position),
      ...(version === null ? [] : this.#tags.every(model, version, position)),
    ];
  }

  #noticesOf(entry: AuditEntry): readonly Notice[] {
    return entry.model.id === null ? [] : this.#notices.entry(entry, this.#numberOf(entry.model.id));
  }

  #wants(filter: NoticeFilter, notice: Notice): boolean {
    return wants(filter, notice, () => this.#tagsOf(notice, filter.tag?.key ?? ''));
  }

  /** Those with one key: all that a filter looks at, and much faster found. */
  #tagsOf({ modelId, version, position }: Notice, key: string): readonly Tag[] {
    const model = this.#numberOf(modelId);
    const scopes = version === null ? [0] : [0, version];
    return scopes.flatMap((scope) => this.#tags.one(model, scope, key, position) ?? []);
  }

  #numberOf(modelId: string): number {
    const known = this.#numbers.get(modelId);
    if (known !== undefined) return known;
    const model = this.#references.find({ id: modelId }, this.reached());
    if (model === undefined) throw new Error(`Model ${modelId} is not in the history`);
    this.#numbers.set(modelId, model);
    return model;
  }
}

/** The entries among which the notices are, by what the tables have an index for. */
function entriesFor(filter: NoticeFilter, range: NoticeRange): Omit<AuditFilter, 'window'> {
  const { types } = filter;
  const stages = stagesTouched(filter, range);
  const model = modelMeant(filter, range);
  return {
    outcomes: ['done'],
    category: 'registry',
    ...(model === undefined ? {} : { model }),
    ...(range.version === undefined ? {} : { version: range.version }),
    ...(types === null ? {} : { types: eventTypesOf(types) }),
    ...(stages === undefined ? {} : { stages }),
  };
}

/**
 * Stages of which the event of each notice that is wanted touched one. The change of Production says also what became of
 * the versions that it archived, which its own event did not move: it only touched Production.
 */
function stagesTouched({ types, from, to }: NoticeFilter, { stage }: NoticeRange): AuditFilter['stages'] {
  if (types?.every((type) => type === productionChanged)) return ['Production'];
  const touched = stage ?? from ?? to;
  if (touched === null) return undefined;
  const isAlsoOfChanges = touched === 'Archived' && types?.includes(productionChanged) !== false;
  return isAlsoOfChanges ? ['Archived', 'Production'] : [touched];
}

function modelMeant(
  { model }: NoticeFilter,
  { modelId, everNamed }: NoticeRange,
): AuditFilter['model'] | undefined {
  if (modelId !== undefined) return { id: modelId };
  if (everNamed !== undefined) return { name: everNamed };
  return model === null || model.includes('*') ? undefined : { name: model };
}

function touches({ moves }: Notice, stage: NoticeRange['stage']): boolean {
  return stage === undefined || moves.some(({ from, to }) => from === stage || to === stage);
}
