import type { DatabaseSync } from 'node:sqlite';
import { sql } from '../../sql.js';
import type { Sql } from '../../sql.js';

/** Makes texts equal that differ in letter case only, in any script. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  // A sigma at the end of a word is written differently in lower case, and a pattern does not end where a word does.
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}

export function registerFoldCase(db: DatabaseSync): void {
  db.function('registry_fold_case', { deterministic: true }, (text) => foldCase(String(text)));
}

/**
 * `ILIKE`. SQLite's own LIKE disregards the case of ASCII letters only, so it compares folded texts, and calls out for
 * folding only where a text is not plain ASCII.
 */
export function likeInAnyCase(column: Sql, pattern: string): Sql {
  const folded = sql`iif(length(${column}) = octet_length(${column}), ${column}, registry_fold_case(${column}))`;
  return sql`${folded} LIKE ${foldCase(pattern)}`;
}
