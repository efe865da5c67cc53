import { quotedEnd } from './quoted-text.js';
import { sqlWords, wordsThatAreNeverFunctions } from './sql-words.js';

export type TokenKind =
  /** A bare name. */
  | 'word'
  /** A word that SQL keeps for itself. */
  | 'keyword'
  | 'back-quoted'
  | 'double-quoted'
  | 'single-quoted'
  | 'integer'
  | 'float'
  | 'comparator'
  | 'placeholder'
  /** What joins the parts of a name: `.`, and SQL's `->` and `->>`. */
  | 'dot'
  | 'cast'
  | 'operator'
  /** One of `( ) [ ] , ;`. */
  | 'punctuation'
  | 'comment'
  | 'unknown';

/** A piece of a filter, with its place in the text. White space makes no tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What starts at a place, and where it ends. */
type Match = readonly [kind: TokenKind, end: number];

/** Enough for a list of 25,000 values. MLflow itself gives up at 10,000 tokens, white space included. */
const maxTokens = 50_000;

const quoteKinds: ReadonlyMap<string, TokenKind> = new Map([
  ["'", 'single-quoted'],
  ['"', 'double-quoted'],
  ['`', 'back-quoted'],
]);

const names: ReadonlySet<TokenKind> = new Set(['word', 'back-quoted', 'double-quoted', 'single-quoted']);

const space = /\s+/uy;
const comment = /(?:--|# )[^\r\n]*/uy;
const word = /(?:@|##?)?[\p{L}\p{N}_][\p{L}\p{N}_$#]*/uy;
const number = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?(?![\p{L}_])/iuy;
const hexadecimalNumber = /-?0x[\da-f]+/iuy;
const wordComparator = /(?:not\s+)?(?:i?like|rlike|regexp(?:\s+binary)?)(?![\p{L}\p{N}_])/iuy;

const symbols: readonly (readonly [TokenKind, RegExp])[] = [
  ['comparator', /[<>=~!]+/uy],
  ['placeholder', /\?|%s|[$:][\p{L}\p{N}_]+/uy],
  ['cast', /::/uy],
  ['dot', /\.|->>?/uy],
  ['punctuation', /[()[\],;]/uy],
  ['unknown', /\\[\p{L}\p{N}_]+/uy],
  ['operator', /[*-]|[+/@#%^&|]+/uy],
];

/**
 * Cuts a filter into tokens, in one pass. Undefined if there are too many.
 *
 * The tokens are those of SQL, which MLflow's filters are read as (`mlflow.utils.search_utils`). A word is a name
 * and no keyword where it stands as one: after a dot, before a dot or before a parenthesis. That is why
 * `tags.version` and `tags.like` are keys.
 */
export function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    if (tokens.length === maxTokens) return undefined;
    const [kind, end] = nextToken(text, at, tokens.at(-1));
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = skipSpace(text, end);
  }
  return tokens;
}

function nextToken(text: string, at: number, previous: Token | undefined): Match {
  const isPartOfName = previous?.end === at && previous.kind === 'dot';
  return (
    quoted(text, at) ??
    match('comment', comment, text, at) ??
    (isPartOfName ? undefined : numeric(text, at, previous)) ??
    wordLike(text, at, isPartOfName) ??
    symbol(text, at) ?? ['unknown', at + String.fromCodePoint(text.codePointAt(at)!).length]
  );
}

function quoted(text: string, at: number): Match | undefined {
  const kind = quoteKinds.get(text[at]!);
  const end = kind && quotedEnd(text, at);
  return end === undefined ? undefined : [kind!, end];
}

function numeric(text: string, at: number, previous: Token | undefined): Match | undefined {
  if (text[at] === '.' && previous?.end === at && names.has(previous.kind)) return undefined;
  const hexadecimal = match('unknown', hexadecimalNumber, text, at);
  if (hexadecimal) return hexadecimal;
  const end = matchEnd(number, text, at);
  if (end === undefined) return undefined;
  return [/^-?\d+$/u.test(text.slice(at, end)) ? 'integer' : 'float', end];
}

function wordLike(text: string, at: number, isPartOfName: boolean): Match | undefined {
  const end = matchEnd(word, text, at);
  if (end === undefined) return undefined;
  const upperCase = text.slice(at, end).toUpperCase();
  if (isPartOfName) return ['word', end];
  if (wordsThatAreNeverFunctions.has(upperCase)) return ['keyword', end];
  if (text[end] === '(' || isFollowedByDot(text, end)) return ['word', end];
  return match('comparator', wordComparator, text, at) ?? [sqlWords.has(upperCase) ? 'keyword' : 'word', end];
}

function isFollowedByDot(text: string, end: number): boolean {
  const next = skipSpace(text, end);
  return text[next] === '.' && (next === end || !/\d/u.test(text[next + 1] ?? ''));
}

function symbol(text: string, at: number): Match | undefined {
  for (const [kind, pattern] of symbols) {
    const found = match(kind, pattern, text, at);
    if (found) return found;
  }
  return undefined;
}

function skipSpace(text: string, at: number): number {
  return matchEnd(space, text, at) ?? at;
}

function match(kind: TokenKind, pattern: RegExp, text: string, at: number): Match | undefined {
  const end = matchEnd(pattern, text, at);
  return end === undefined ? undefined : [kind, end];
}

/** Where the match of a sticky pattern at this place ends. */
function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
