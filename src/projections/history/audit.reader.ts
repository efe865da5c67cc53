import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position } from '../../application/ports/event-store.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import { AuditReader } from '../../application/queries/history/audit-reader.js';
import type { AuditFilter, Deletion } from '../../application/queries/history/audit-reader.js';
import type { PageOf } from '../../application/queries/history/past-reader.js';
import type { Page } from '../../application/queries/search-criteria.js';
import { sql } from '../sql.js';
import { Query } from '../statements.js';
import { AuditSearch } from './audit-search.js';
import { Deletions } from './deletions.js';
import { forever } from './history.schema.js';
import { textHash } from './text-hash.js';

const exportedAtOnce = 1_000;

type Ordered = PageOf & { readonly order: 'newestFirst' | 'oldestFirst' };

/**
 * Reads the audit trail from the tables of the history projection. It may be made before they are; to read takes all of
 * them, with their indexes.
 */
export class SqliteAuditReader extends AuditReader {
  readonly #search: AuditSearch;
  readonly #deletions: Deletions;
  readonly #newest: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#search = new AuditSearch(db);
    this.#deletions = new Deletions(db);
    this.#newest = new Query(db, 'SELECT max(position) FROM history_entries');
  }

  override page(filter: AuditFilter, { limit, after, order }: Ordered): Page<AuditEntry> {
    return this.#search.page(filter, { limit, order, ...(after && { after: Number(after[0]) }) });
  }

  override count(filter: AuditFilter): number {
    return this.#search.count(filter);
  }

  override async *export(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]> {
    const newest = Number(this.#newest.first()?.[0] ?? 0);
    const { after: start, upTo } = filter.window ?? { after: 0, upTo: forever };
    const window = { after: start, upTo: Math.min(upTo, newest) };
    let after: Position = start;
    for (;;) {
      const { items, end } = this.#search.page(
        { ...filter, window },
        { limit: exportedAtOnce, after, order: 'oldestFirst', lookAt: 2 * exportedAtOnce },
      );
      if (items.length > 0) yield items;
      if (end === undefined) return;
      after = Number(end[0]);
      await nextTurn();
    }
  }

  override entry(
    event: { readonly position: Position } | { readonly eventId: string },
  ): AuditEntry | undefined {
    if ('position' in event) return this.#search.entry(sql`e.position = ${event.position}`);
    const { eventId } = event;
    return this.#search.entry(sql`e.event_hash = ${textHash(eventId)} AND e.event_id = ${eventId}`);
  }

  override deletions({ types: _, topic: __, ...filter }: AuditFilter, page: Ordered): Page<Deletion> {
    const { items, end } = this.page({ ...filter, topic: 'deletions' }, page);
    const deletions = items.map((entry) => this.#deletions.of(entry));
    return end === undefined ? { items: deletions } : { items: deletions, end };
  }
}
