import type { TagCondition } from '../../../application/queries/search-criteria.js';
import { raw, sql } from '../../sql.js';
import type { TagIndex } from '../tag-index.js';
import type { SearchTerm } from './page-queries.js';
import { textCondition } from './text-conditions.js';

/** A condition on a tag of the searched rows. It is true of a row that has the tag only. */
export function tagTerm(index: TagIndex, { key, comparator, value }: TagCondition): SearchTerm<never> {
  const condition = textCondition(raw('t.value'), comparator, value);
  const tag = sql`t.key = ${key} AND ${condition.sql}`;
  const table = raw(index.table);
  return {
    // The plus keeps SQLite from making a join of it, in an order of its own.
    holds: (id) => sql`+EXISTS (SELECT 1 FROM ${table} AS t WHERE t.owner = ${id} AND ${tag})`,
    source: {
      ids: sql`SELECT t.owner AS id FROM ${table} AS t INDEXED BY ${raw(index.byValue)} WHERE ${tag}`,
      found: comparator === '=' ? 'in order' : condition.reach === 'scan' ? 'by looking through' : 'directly',
    },
  };
}
