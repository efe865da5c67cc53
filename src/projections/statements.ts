import { LRUCache } from 'lru-cache';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Sql } from './sql.js';

/** The columns of a row, in the order of the SELECT. */
export type Row = readonly SQLOutputValue[];

/** A query that is asked again and again. It is prepared when it is first asked; the tables need not exist before. */
export class Query {
  #statement: StatementSync | undefined;

  constructor(
    private readonly db: DatabaseSync,
    private readonly text: string,
  ) {}

  all(...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepared().all(...values) as unknown as readonly Row[];
  }

  first(...values: readonly SQLInputValue[]): Row | undefined {
    return this.#prepared().get(...values) as unknown as Row | undefined;
  }

  #prepared(): StatementSync {
    if (this.#statement !== undefined) return this.#statement;
    this.#statement = this.db.prepare(this.text);
    this.#statement.setReturnArrays(true);
    return this.#statement;
  }
}

const kept = 300;

/** Runs queries that are put together as they are needed, and keeps them prepared until others push them out. */
export class Statements {
  readonly #queries = new LRUCache<string, Query>({ max: kept });

  constructor(private readonly db: DatabaseSync) {}

  all({ text, values }: Sql): readonly Row[] {
    return this.#query(text).all(...values);
  }

  first({ text, values }: Sql): Row | undefined {
    return this.#query(text).first(...values);
  }

  #query(text: string): Query {
    const known = this.#queries.get(text);
    if (known !== undefined) return known;
    const query = new Query(this.db, text);
    this.#queries.set(text, query);
    return query;
  }
}
