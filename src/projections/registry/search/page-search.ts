import { sql } from '../../sql.js';
import type { Sql } from '../../sql.js';
import type { Statements } from '../../statements.js';
import { PageQueries } from './page-queries.js';
import type { SearchedTable, Source, WantedPage } from './page-queries.js';

/** When to prefer which way, in rows. */
export interface SearchEffort {
  /** So few rows are gathered without a second thought. */
  readonly few: number;
  /** So many are gathered when the walk did not fill the page; more only if nothing better is known. */
  readonly several: number;
  /** How far to walk at first. */
  readonly walk: number;
  /** To gather more than these is no better than to look through a column or to walk past every row. */
  readonly many: number;
}

export const usualEffort: SearchEffort = { few: 500, several: 10_000, walk: 5_000, many: 60_000 };

/** SQLite's way of saying that there is no limit. */
const unlimited = -1;
/** A client's filter may be long; so many conditions are enough to choose from. */
const sourcesConsidered = 8;

/**
 * Finds a page of rows. There are two ways, and which is better depends on how many rows satisfy the conditions:
 * - *gather* all rows that a selective condition is true of, check the other conditions, and sort;
 * - *walk* along the index of the order and check each row until the page is full.
 *
 * To count is cheap as long as it is bounded. So: gather when a condition is true of few rows; otherwise walk, first a
 * little, or as far as ever if checking is easy, and then, knowing more, further. That soon fills a page, unless the
 * conditions hardly ever hold together or only far away in the order. A walk that has cost about as much as gathering
 * would is given up for it.
 */
export class PageSearch<Key extends string> {
  constructor(
    private readonly statements: Statements,
    private readonly table: SearchedTable<Key>,
    private readonly effort: SearchEffort,
  ) {}

  /** The ids of the page's rows in their order and, if there is more, that of the first one of the next. */
  find(wanted: WantedPage<Key>): readonly number[] {
    const { few, several, walk } = this.effort;
    const queries = new PageQueries(this.table, wanted);
    const sources = wanted.terms.flatMap(({ source }) => source ?? []).slice(0, sourcesConsidered);
    const rare = this.#smallest(sources, few);
    if (rare !== undefined) return this.#read(queries.gathered(rare.source));
    const isEasy = wanted.terms.every(({ indexed }) => indexed);
    const before = isEasy ? walk : Math.min(walk, 10 * wanted.limit);
    const nearby = this.#read(queries.walked(before));
    if (nearby.length > wanted.limit) return nearby;

    const selective = this.#smallest(sources, several);
    const steps = Math.max(before, Math.min(walk, selective?.count ?? walk), 4 * wanted.limit);
    const page = steps === before ? nearby : this.#read(queries.walked(steps));
    if (page.length > wanted.limit) return page;
    if (this.statements.first(queries.beyond(steps)) === undefined) return page;

    return this.#read(selective ? queries.gathered(selective.source) : this.#thorough(queries, sources));
  }

  /** Every condition that an index knows of is true of many rows. */
  #thorough(queries: PageQueries<Key>, sources: readonly Source[]): Sql {
    const ordered = sources.filter(({ found }) => found === 'in order');
    if (ordered.length > 1) return queries.gathered(...ordered);
    const source = sources.length > 1 ? this.#best(sources) : sources[0];
    return source ? queries.gathered(source) : queries.walked(unlimited);
  }

  #best(sources: readonly Source[]): Source | undefined {
    const smallest = this.#smallest(sources, this.effort.many);
    return smallest?.source ?? sources.find(({ found }) => found === 'by looking through');
  }

  /** The one with the fewest rows of those that are found without looking through, if it has at most `bound`. */
  #smallest(sources: readonly Source[], bound: number): { source: Source; count: number } | undefined {
    let smallest: { source: Source; count: number } | undefined;
    for (const source of sources) {
      if (source.found === 'by looking through') continue;
      const most = smallest?.count ?? bound;
      const row = this.statements.first(sql`SELECT count(*) FROM (${source.ids} LIMIT ${most + 1})`);
      const count = Number(row?.[0]);
      if (count <= most) smallest = { source, count };
    }
    return smallest;
  }

  #read(ids: Sql): readonly number[] {
    return this.statements.all(ids).map(([id]) => Number(id));
  }
}
