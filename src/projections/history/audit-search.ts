import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import type { AuditFilter } from '../../application/queries/history/audit-reader.js';
import type { Page } from '../../application/queries/search-criteria.js';
import { allOf, raw, sql } from '../sql.js';
import type { Sql } from '../sql.js';
import { Statements } from '../statements.js';
import { AuditFacets } from './audit-facets.js';
import type { Facet, Stretch } from './audit-facets.js';
import { entryColumns, entryJoins, entryView } from './entry-view.js';
import { forever } from './history.schema.js';

/** How many entries of an index one page looks at, unless it is said: some milliseconds of work. */
const lookedAtMost = 10_000;

/** Up to this many entries are counted to find the facet with the fewest. */
const countedAtMost = 1_000;

/** The whole table, in log order. */
const everything: Stretch = { index: '', condition: raw('1') };

export interface EntriesPage {
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: Position;
  readonly order: 'newestFirst' | 'oldestFirst';
  /**
   * How many entries of an index are looked at. To walk along them costs, so that whoever goes on with the next page at
   * once, and is to find nearly all, says little more than the limit.
   */
  readonly lookAt?: number;
}

interface Range {
  /** Exclusive. */
  readonly after: Position;
  /** Inclusive. */
  readonly upTo: Position;
}

/**
 * Finds entries: along the index of the facet that has the fewest of them, looking at each whether the other conditions
 * hold, and for no more than some thousand. A page that ends there says from where to go on.
 */
export class AuditSearch {
  readonly #facets: AuditFacets;
  readonly #statements: Statements;

  constructor(db: DatabaseSync) {
    this.#facets = new AuditFacets(db);
    this.#statements = new Statements(db);
  }

  page(filter: AuditFilter, { limit, after, order, lookAt = lookedAtMost }: EntriesPage): Page<AuditEntry> {
    const range = rangeOf(filter, order, after);
    const facets = this.#facets.of(filter);
    const along = this.#fewest(facets, range);
    const reach = this.#reach(along, range, order, lookAt);
    const looked = reach === undefined ? range : upToReach(range, order, reach);
    const rows = this.#statements.all(found(along, facets, looked, order, limit + 1));
    const items = rows.slice(0, limit).map(entryView);
    const last = items.at(-1);
    if (rows.length > limit && last) return { items, end: [last.position] };
    return reach === undefined ? { items } : { items, end: [reach] };
  }

  count(filter: AuditFilter): number {
    const range = rangeOf(filter, 'oldestFirst', undefined);
    const facets = this.#facets.of(filter);
    const along = this.#fewest(facets, range);
    const others = facets.filter(({ stretches }) => stretches !== along).map(({ condition }) => condition);
    const counts = along.map(
      (stretch) => sql`
        SELECT count(*) AS entries FROM ${table(stretch)}
        WHERE ${allOf([stretch.condition, within(range), ...others])}`,
    );
    if (counts.length === 0) return 0;
    return Number(this.#statements.first(sql`SELECT sum(entries) FROM (${union(counts)})`)?.[0] ?? 0);
  }

  entry(condition: Sql): AuditEntry | undefined {
    const row = this.#statements.first(
      sql`SELECT ${raw(entryColumns)} FROM history_entries AS e ${raw(entryJoins)} WHERE ${condition}`,
    );
    return row && entryView(row);
  }

  /** The stretches of the facet that has the fewest entries in the range. */
  #fewest(facets: readonly Facet[], range: Range): readonly Stretch[] {
    const candidates = facets.flatMap(({ stretches }) => (stretches === undefined ? [] : [stretches]));
    const [first, ...others] = candidates;
    if (first === undefined) return [everything];
    const none = candidates.find((stretches) => stretches.length === 0);
    if (none !== undefined || others.length === 0) return none ?? first;
    let fewest = { stretches: first, count: Infinity };
    for (const stretches of candidates) {
      const count = this.#countUpTo(stretches, range, Math.min(fewest.count, countedAtMost));
      if (count < fewest.count) fewest = { stretches, count };
    }
    return fewest.stretches;
  }

  #countUpTo(stretches: readonly Stretch[], range: Range, most: number): number {
    let count = 0;
    for (const stretch of stretches) {
      const some = sql`
        SELECT 1 FROM ${table(stretch)} WHERE ${allOf([stretch.condition, within(range)])} LIMIT ${most - count}`;
      count += Number(this.#statements.first(sql`SELECT count(*) FROM (${some})`)?.[0]);
      if (count >= most) return most;
    }
    return count;
  }

  /** The position after which a page would look at too many entries, if there are so many. */
  #reach(
    along: readonly Stretch[],
    range: Range,
    order: EntriesPage['order'],
    lookAt: number,
  ): Position | undefined {
    const reaches = along.flatMap((stretch) => {
      const row = this.#statements.first(sql`
        SELECT e.position FROM ${table(stretch)} WHERE ${allOf([stretch.condition, within(range)])}
        ORDER BY e.position ${direction(order)} LIMIT 1 OFFSET ${Math.ceil(lookAt / along.length)}`);
      return row === undefined ? [] : [Number(row[0])];
    });
    if (reaches.length === 0) return undefined;
    return order === 'newestFirst' ? Math.max(...reaches) : Math.min(...reaches);
  }
}

function rangeOf(
  { window = { after: 0, upTo: forever } }: AuditFilter,
  order: EntriesPage['order'],
  after: Position | undefined,
): Range {
  if (after === undefined) return window;
  return order === 'newestFirst'
    ? { after: window.after, upTo: Math.min(window.upTo, after - 1) }
    : { after: Math.max(window.after, after), upTo: window.upTo };
}

function upToReach({ after, upTo }: Range, order: EntriesPage['order'], reach: Position): Range {
  return order === 'newestFirst' ? { after: reach - 1, upTo } : { after, upTo: reach };
}

function within({ after, upTo }: Range): Sql {
  return sql`e.position > ${after} AND e.position <= ${upTo}`;
}

function table({ index }: Stretch): Sql {
  return raw(`history_entries AS e ${index === '' ? 'NOT INDEXED' : `INDEXED BY ${index}`}`);
}

function direction(order: EntriesPage['order']): Sql {
  return raw(order === 'newestFirst' ? 'DESC' : 'ASC');
}

function found(
  along: readonly Stretch[],
  facets: readonly Facet[],
  range: Range,
  order: EntriesPage['order'],
  limit: number,
): Sql {
  const others = facets.filter(({ stretches }) => stretches !== along).map(({ condition }) => condition);
  const selects = along.map(
    (stretch) => sql`
      SELECT ${raw(entryColumns)} FROM ${table(stretch)} ${raw(entryJoins)}
      WHERE ${allOf([stretch.condition, within(range), ...others])}
      ORDER BY e.position ${direction(order)} LIMIT ${limit}`,
  );
  if (selects.length === 0) return raw('SELECT 1 WHERE 0');
  const [only, another] = selects;
  if (another === undefined && only !== undefined) return only;
  return sql`SELECT * FROM (${union(selects.map((select) => sql`SELECT * FROM (${select})`))})
    ORDER BY 1 ${direction(order)} LIMIT ${limit}`;
}

function union(selects: readonly Sql[]): Sql {
  return selects.reduce((before, select) => sql`${before} UNION ALL ${select}`);
}
