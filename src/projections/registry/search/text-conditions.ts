import type { TextComparator } from '../../../application/queries/search-criteria.js';
import { assertNever } from '../../../domain/decider.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { raw, sql } from '../../sql.js';
import type { Sql } from '../../sql.js';
import { likeInAnyCase } from './fold-case.js';

/** A condition on a text column, and how an index on the column serves it. */
export interface TextCondition {
  readonly sql: Sql;
  /**
   * - `range`: the entries that it is true of lie next to each other;
   * - `part`: they are within a stretch of the index, among others;
   * - `scan`: they may be anywhere.
   */
  readonly reach: 'range' | 'part' | 'scan';
}

/** SQLite refuses longer ones (SQLITE_LIMIT_LIKE_PATTERN_LENGTH). */
const longestPattern = 50_000;

export function textCondition(column: Sql, comparator: TextComparator, value: string): TextCondition {
  switch (comparator) {
    case '=':
      return { sql: sql`${column} = ${value}`, reach: 'range' };
    case '!=':
      return { sql: sql`${column} <> ${value}`, reach: 'scan' };
    case 'LIKE':
      return like(column, value);
    case 'ILIKE':
      return { sql: likeInAnyCase(column, checked(value)), reach: 'scan' };
    default:
      return assertNever(comparator);
  }
}

/** SQLite's LIKE disregards case, so this is said with the range of the pattern's beginning and with GLOB. */
function like(column: Sql, pattern: string): TextCondition {
  const wildcard = pattern.search(/[%_]/);
  if (wildcard === -1) return { sql: sql`${column} = ${pattern}`, reach: 'range' };
  const rest = pattern.slice(wildcard);
  const beginsRight = beginsWith(column, pattern.slice(0, wildcard));
  if (/^%+$/.test(rest)) {
    return beginsRight ? { sql: beginsRight, reach: 'range' } : { sql: raw('1'), reach: 'scan' };
  }
  const glob = sql`${column} GLOB ${checked(asGlob(pattern))}`;
  return beginsRight ? { sql: sql`${beginsRight} AND ${glob}`, reach: 'part' } : { sql: glob, reach: 'scan' };
}

function asGlob(pattern: string): string {
  return pattern.replaceAll(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}

function checked(pattern: string): string {
  if (Buffer.byteLength(pattern) > longestPattern) {
    throw invalidParameter(`A search pattern may have at most ${longestPattern} bytes.`);
  }
  return pattern;
}

/** Undefined when there is nothing to begin with. */
function beginsWith(column: Sql, prefix: string): Sql | undefined {
  if (prefix === '') return undefined;
  const end = successor(prefix);
  return end === undefined ? sql`${column} >= ${prefix}` : sql`${column} >= ${prefix} AND ${column} < ${end}`;
}

/** The smallest text above all that begin with the prefix; undefined when there is none. */
function successor(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Between the two lie the surrogates, which no text has by themselves.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
