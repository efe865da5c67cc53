import type { Token, TokenKind } from './filter-tokens.js';

export type OperandKind =
  /** A name, possibly of several parts. A double-quoted text is one too. */
  | 'key'
  | 'text'
  | 'integer'
  | 'float'
  /** Something in parentheses. */
  | 'list'
  /** A function call or a calculation. Nothing accepts one. */
  | 'expression'
  /** `NULL` or a placeholder. Nothing accepts one. */
  | 'other';

/** What can stand on either side of a comparator. */
export interface Operand {
  readonly kind: OperandKind;
  readonly start: number;
  readonly end: number;
}

/** An operand, and the index of the token behind it. */
interface Reading {
  readonly operand: Operand;
  readonly next: number;
}

const startsPath: ReadonlySet<TokenKind> = new Set(['word', 'back-quoted', 'double-quoted']);

const literalKinds: ReadonlyMap<TokenKind, OperandKind> = new Map([
  ['single-quoted', 'text'],
  ['integer', 'integer'],
  ['float', 'float'],
  ['placeholder', 'other'],
]);

function isNull(token: Token): boolean {
  return token.kind === 'keyword' && token.text.toUpperCase() === 'NULL';
}

/** Reads operands out of tokens. Each reading takes time in proportion to the tokens of the operand alone. */
export class OperandReader {
  readonly #tokens: readonly Token[];
  readonly #closers: ReadonlyMap<number, number>;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#closers = closersOf(tokens);
  }

  /** The operand that starts at this token, as long as can be; undefined if none does. */
  read(at: number): Reading | undefined {
    let reading = this.#term(at);
    while (reading && this.#tokens[reading.next]?.kind === 'operator') {
      const right = this.#term(reading.next + 1);
      if (!right) break;
      reading = this.#span('expression', at, right.next);
    }
    return reading;
  }

  #term(at: number): Reading | undefined {
    let reading = this.#atom(at);
    while (reading && this.#tokens[reading.next]?.kind === 'cast' && this.#tokens[reading.next + 1]) {
      const type = reading.next + 1;
      reading = this.#span('key', at, this.#atom(type)?.next ?? type + 1);
    }
    return reading;
  }

  #atom(at: number): Reading | undefined {
    const list = this.#closerAt('(', at);
    if (list !== undefined) return this.#span('list', at, list + 1);
    const token = this.#tokens[at];
    if (!token) return undefined;
    const call = token.kind === 'word' ? this.#closerAt('(', at + 1) : undefined;
    if (call !== undefined) return this.#span('expression', at, call + 1);
    if (startsPath.has(token.kind)) return this.#path(at);
    const kind = isNull(token) ? 'other' : literalKinds.get(token.kind);
    return kind && this.#span(kind, at, at + 1);
  }

  /** A name: parts with dots between, the last of which may be empty, and brackets behind parts. */
  #path(at: number): Reading {
    let next = at + 1;
    for (;;) {
      const closer = this.#closerAt('[', next);
      if (closer !== undefined) next = closer + 1;
      else if (this.#tokens[next]?.kind === 'dot') next = this.#part(next + 1);
      else return this.#span('key', at, next);
    }
  }

  /** The index behind the part of a name that starts at this token; the same index if none does. */
  #part(at: number): number {
    const token = this.#tokens[at];
    if (token?.kind === 'word') return (this.#closerAt('(', at + 1) ?? at) + 1;
    const isPart =
      token && (startsPath.has(token.kind) || token.kind === 'single-quoted' || token.text === '*');
    return isPart ? at + 1 : at;
  }

  #closerAt(opener: string, at: number): number | undefined {
    return this.#tokens[at]?.text === opener ? this.#closers.get(at) : undefined;
  }

  #span(kind: OperandKind, first: number, next: number): Reading {
    const operand = { kind, start: this.#tokens[first]!.start, end: this.#tokens[next - 1]!.end };
    return { operand, next };
  }
}

/** For each opening parenthesis or bracket that is closed, which token closes it. */
function closersOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: Record<string, number[]> = { ')': [], ']': [] };
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'punctuation') continue;
    if (token.text === '(') open[')']!.push(index);
    if (token.text === '[') open[']']!.push(index);
    const opener = open[token.text]?.pop();
    if (opener !== undefined) closers.set(opener, index);
  }
  return closers;
}
