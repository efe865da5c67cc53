import type { Order, PageEnd } from '../../../application/queries/search-criteria.js';
import { allOf, raw, sql } from '../../sql.js';
import type { Sql } from '../../sql.js';
import { afterEnd, orderBy } from './keyset.js';
import type { SortKey } from './keyset.js';

/** A table that is searched, as `r`. Its rows have a column `id`. */
export interface SearchedTable<Key extends string> {
  readonly name: string;
  /** Columns that conditions look at; every index has them. */
  readonly columns: Sql;
  readonly keys: Readonly<Record<Key, { readonly column: string; readonly index: string }>>;
}

/** A condition, and where to find what it is true of. */
export interface SearchTerm<Key extends string> {
  /** The condition, of the row `r`, whose id is also known as `id`. */
  readonly holds: (id: Sql) => Sql;
  /** The key along which the rows that it is true of lie next to each other. */
  readonly along?: Key | undefined;
  /** Whether every index of the table has what the condition looks at, so that to check a row costs next to nothing. */
  readonly indexed?: boolean;
  readonly source?: Source;
}

export interface Source {
  /** A query for the ids of all rows that the condition is true of. */
  readonly ids: Sql;
  /**
   * How it finds them: by an index that leads straight to them, by one that even has them in the order of their ids, or
   * by looking through all values of a column.
   */
  readonly found: 'directly' | 'in order' | 'by looking through';
}

export interface WantedPage<Key extends string> {
  readonly terms: readonly SearchTerm<Key>[];
  /** True of the rows that may be seen. */
  readonly visible: Sql;
  /** Complete: no two rows are equal in it. */
  readonly order: readonly Order<Key>[];
  readonly limit: number;
  readonly after?: PageEnd | undefined;
}

/** The queries for the ids of a page's rows and of the first row of the next page, in their order. */
export class PageQueries<Key extends string> {
  readonly #keys: readonly SortKey<Key>[];
  readonly #after: readonly Sql[];

  constructor(
    private readonly table: SearchedTable<Key>,
    private readonly wanted: WantedPage<Key>,
  ) {
    const { order, after } = wanted;
    this.#keys = order.map((term) => ({ ...term, column: raw(`r.${table.keys[term.key].column}`) }));
    this.#after = after === undefined ? [] : [afterEnd(this.#keys, after)];
  }

  /**
   * The rows that the conditions of all these sources are true of, checked for the other conditions and sorted.
   * Several sources must have them in the order of their ids; SQLite then merges them.
   */
  gathered(...sources: readonly Source[]): Sql {
    const others = this.wanted.terms.filter(
      ({ source }) => source === undefined || !sources.includes(source),
    );
    const ids = intersection(sources.map((source) => source.ids));
    const id = raw('s.id');
    return sql`
      SELECT s.id FROM (${ids}) AS s CROSS JOIN ${raw(this.table.name)} AS r ON r.id = s.id
      WHERE ${allOf([...others.map(({ holds }) => holds(id)), this.wanted.visible, ...this.#after])}
      ORDER BY ${orderBy(this.#keys)} LIMIT ${this.wanted.limit + 1}`;
  }

  /** The first `steps` rows in their order, checked one by one. */
  walked(steps: number): Sql {
    const checks = this.wanted.terms.filter((term) => !this.#isOnTheWay(term));
    const id = raw('r.id');
    return sql`
      SELECT r.id FROM (${this.#way()} LIMIT ${steps}) AS r
      WHERE ${allOf(checks.map(({ holds }) => holds(id)))} LIMIT ${this.wanted.limit + 1}`;
  }

  /** A row when there are more than `steps` to walk. */
  beyond(steps: number): Sql {
    return sql`${this.#way()} LIMIT 1 OFFSET ${steps}`;
  }

  /** What the index of the order alone knows: where the way begins and ends. */
  #way(): Sql {
    const [first] = this.#keys;
    if (first === undefined) throw new Error('A page needs an order');
    const bounds = this.wanted.terms.filter((term) => this.#isOnTheWay(term));
    const id = raw('r.id');
    return sql`
      SELECT r.id, ${this.table.columns}
      FROM ${raw(this.table.name)} AS r INDEXED BY ${raw(this.table.keys[first.key].index)}
      WHERE ${allOf([...bounds.map(({ holds }) => holds(id)), this.wanted.visible, ...this.#after])}
      ORDER BY ${orderBy(this.#keys)}`;
  }

  #isOnTheWay({ along }: SearchTerm<Key>): boolean {
    return along !== undefined && along === this.#keys[0]?.key;
  }
}

function intersection(queries: readonly Sql[]): Sql {
  const all = queries.reduce((before, query) => sql`${before} INTERSECT ${query}`);
  return queries.length === 1 ? all : sql`${all} ORDER BY 1`;
}
