/**
 * A prefix as a range of names in the order of the database, which is that of code points: from `start`, which belongs
 * to it, to `end`, which does not.
 */
export interface PrefixRange {
  readonly start: string;
  readonly end: string | Uint8Array;
}

/** The database sorts bytes after any text, so this is an end that every name comes before. */
const afterAllText = new Uint8Array(0);

const lastBeforeSurrogates = 0xd7ff;
const firstAfterSurrogates = 0xe000;
const lastCodePoint = 0x10ffff;

export function prefixRange(prefix: string): PrefixRange {
  const codePoints = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (codePoints.at(-1) === lastCodePoint) {
    codePoints.pop();
  }
  const last = codePoints.pop();
  if (last === undefined) {
    return { start: prefix, end: afterAllText };
  }
  // Half of a surrogate pair is no character and would not survive the way into the database.
  const next = last === lastBeforeSurrogates ? firstAfterSurrogates : last + 1;
  return { start: prefix, end: String.fromCodePoint(...codePoints, next) };
}
