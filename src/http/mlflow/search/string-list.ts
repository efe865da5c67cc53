import { pythonRepr } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { pythonFloat } from './python-values.js';
import { refuseUnstorable } from './unstorable-text.js';

/** A literal of Python: a text, a tuple, or something else, as Python writes it. */
type Literal =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tuple'; readonly items: readonly Literal[] }
  | { readonly kind: 'other'; readonly written: string };

/** As deep as Python lets parentheses be. */
const maxDepth = 200;

const integerOrName = /^(?:None|True|False|[+-]?\d+)$/u;
const float = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

/** The characters that single-letter escapes stand for. */
const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The texts of a list in a filter, `('a', "b")`, each once.
 *
 * MLflow reads such a list as a literal of Python, unlike any other value: backslash escapes mean something in it,
 * and texts beside each other are one (`mlflow.utils.search_utils`, `_parse_list_from_sql_token`).
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words, if it is empty or anything but a list of texts.
 */
export function parseStringList(source: string): readonly string[] {
  const literal = new LiteralReader(source).read();
  const items = literal.kind === 'tuple' ? literal.items : [literal];
  if (items.length === 0) {
    throw invalidParameter(
      'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    );
  }
  const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  if (texts.length < items.length) {
    throw invalidParameter(
      'While parsing a list in the query, expected string value, punctuation, or whitespace, ' +
        `but got different type in list: ${written({ kind: 'tuple', items })}`,
    );
  }
  for (const text of texts) refuseUnstorable('filter', text);
  return [...new Set(texts)];
}

function written(literal: Literal): string {
  if (literal.kind === 'text') return pythonRepr(literal.text);
  if (literal.kind === 'other') return literal.written;
  return `(${literal.items.map(written).join(', ')}${literal.items.length === 1 ? ',' : ''})`;
}

class LiteralReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Literal {
    const literal = this.#literal(0);
    if (this.#next() !== undefined) throw illFormed();
    return literal;
  }

  #literal(depth: number): Literal {
    const next = this.#next();
    if (next === '(' && depth < maxDepth) return this.#parenthesised(depth + 1);
    if (next === "'" || next === '"') return this.#texts();
    return this.#scalar();
  }

  /** A literal in parentheses is that literal; a comma makes it a tuple. */
  #parenthesised(depth: number): Literal {
    this.#at += 1;
    const items: Literal[] = [];
    let commas = 0;
    while (this.#next() !== ')') {
      if (commas < items.length) throw illFormed();
      items.push(this.#literal(depth));
      if (this.#next() === ',') {
        commas += 1;
        this.#at += 1;
      }
    }
    this.#at += 1;
    return items.length === 1 && commas === 0 ? items[0]! : { kind: 'tuple', items };
  }

  /** Texts beside each other are one. */
  #texts(): Literal {
    const pieces: string[] = [];
    for (let quote = this.#next(); quote === "'" || quote === '"'; quote = this.#next()) {
      this.#at += 1;
      for (let piece = this.#piece(quote); piece !== undefined; piece = this.#piece(quote)) {
        pieces.push(piece);
      }
    }
    return { kind: 'text', text: pieces.join('') };
  }

  /** The next stretch of a text: an escape, or what is up to the next one; undefined at the closing quote. */
  #piece(quote: string): string | undefined {
    const start = this.#at;
    const first = this.#source[start];
    if (first === undefined || first === '\n' || first === '\r') throw illFormed();
    this.#at += 1;
    if (first === quote) return undefined;
    if (first === '\\') return this.#escape();
    while (!isOneOf(`\\\n\r${quote}`, this.#source[this.#at])) this.#at += 1;
    return this.#source.slice(start, this.#at);
  }

  #escape(): string {
    const letter = this.#source[this.#at] ?? '';
    this.#at += 1;
    const simple = escapes[letter];
    if (simple !== undefined) return simple;
    if (letter === 'x') return this.#codePoint(/[\da-f]{2}/iuy, 16);
    if (letter === 'u') return this.#codePoint(/[\da-f]{4}/iuy, 16);
    if (letter === 'U') return this.#codePoint(/[\da-f]{8}/iuy, 16);
    if (letter === 'N') throw illFormed();
    if (!isOneOf('01234567', letter)) return `\\${letter}`;
    this.#at -= 1;
    return this.#codePoint(/[0-7]{1,3}/uy, 8);
  }

  #codePoint(digits: RegExp, radix: number): string {
    digits.lastIndex = this.#at;
    const found = digits.exec(this.#source);
    const value = Number.parseInt(found?.[0] ?? '', radix);
    if (!(value <= 0x10ffff)) throw illFormed();
    this.#at = digits.lastIndex;
    return String.fromCodePoint(value);
  }

  #scalar(): Literal {
    const start = this.#at;
    while (!isOneOf(` \t\f\n\r(),'"`, this.#source[this.#at])) this.#at += 1;
    const source = this.#source.slice(start, this.#at);
    if (integerOrName.test(source)) return { kind: 'other', written: source };
    if (float.test(source)) return { kind: 'other', written: pythonFloat(Number(source)) };
    throw illFormed();
  }

  /** The next character that is no white space. */
  #next(): string | undefined {
    while (isOneOf(' \t\f\n\r', this.#source[this.#at]) && this.#at < this.#source.length) this.#at += 1;
    return this.#source[this.#at];
  }
}

/** Whether this is one of the characters, or the end. */
function isOneOf(characters: string, character: string | undefined): boolean {
  return character === undefined || characters.includes(character);
}

function illFormed(): Error {
  return invalidParameter(
    'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
  );
}
