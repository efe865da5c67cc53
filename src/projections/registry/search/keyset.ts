import type { Order, PageEnd } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { allOf, list, raw, sql } from '../../sql.js';
import type { Sql } from '../../sql.js';

/** One term of a complete order, over the rows `r`. */
export interface SortKey<Key extends string> extends Order<Key> {
  readonly column: Sql;
}

/** The client's order, and what it leaves open decided by the tie-breaks. */
export function completeOrder<Key extends string>(
  wishes: readonly Order<Key>[],
  tieBreaks: readonly Order<Key>[],
): readonly Order<Key>[] {
  return [...wishes, ...tieBreaks.filter(({ key }) => !wishes.some((wish) => wish.key === key))];
}

export function orderBy(keys: readonly SortKey<string>[]): Sql {
  return list(keys.map(({ column, direction }) => sql`${column} ${raw(direction)}`));
}

/**
 * The rows after the one with these sort keys. The bound on the first key is what an index begins at.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE when the keys belong to another order.
 */
export function afterEnd(keys: readonly SortKey<string>[], end: PageEnd): Sql {
  const [first] = keys;
  const [value] = end;
  const fits = keys.length === end.length && keys.every(({ key }, place) => isValueOf(key, end[place]));
  if (first === undefined || value === undefined || !fits) {
    throw invalidParameter('Invalid page token: it belongs to a search with another order');
  }
  const bound = raw(first.direction === 'ASC' ? '>=' : '<=');
  return allOf([sql`${first.column} ${bound} ${value}`, following(keys, end)]);
}

/** Said without OR, which could make SQLite look for a plan of its own. */
function following(keys: readonly SortKey<string>[], end: PageEnd): Sql {
  const [key, ...others] = keys;
  const [value, ...rest] = end;
  if (key === undefined || value === undefined) return raw('0');
  const beyond = sql`${key.column} ${raw(key.direction === 'ASC' ? '>' : '<')} ${value}`;
  if (others.length === 0) return beyond;
  return sql`iif(${key.column} = ${value}, ${following(others, rest)}, ${beyond})`;
}

function isValueOf(key: string, value: string | number | undefined): boolean {
  return key === 'name' ? typeof value === 'string' : Number.isFinite(value);
}
