import type { SQLInputValue } from 'node:sqlite';

/** A piece of SQL and the values of its parameters, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** Puts pieces of SQL together. A string or number between the texts is a parameter, never text. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | string | number)[]): Sql {
  const values: SQLInputValue[] = [];
  let text = texts[0] ?? '';
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'object') {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += texts[index + 1] ?? '';
  }
  return { text, values };
}

/** Text of our own as it stands: the name of a table, an index or a column. */
export function raw(text: string): Sql {
  return { text, values: [] };
}

export function list(parts: readonly Sql[]): Sql {
  return parts.reduce((before, part) => sql`${before}, ${part}`);
}

/**
 * All conditions hold; true when there are none. Nested in halves, because SQLite limits how deep an expression may
 * be and a client does not know that.
 */
export function allOf(conditions: readonly Sql[]): Sql {
  const [first, ...others] = conditions;
  if (first === undefined) return raw('1');
  if (others.length === 0) return first;
  const half = conditions.length >> 1;
  return sql`(${allOf(conditions.slice(0, half))} AND ${allOf(conditions.slice(half))})`;
}
