import { pythonRepr } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type Token, tokenize } from './filter-tokens.js';
import { type Operand, type OperandKind, OperandReader } from './operands.js';

/** One side of a comparison, as the client wrote it. */
export interface Side {
  readonly kind: OperandKind;
  readonly text: string;
}

/** A comparison, of which nothing is checked but its shape. */
export interface Clause {
  readonly left: Side;
  /** In upper case. Any run of `< > = ~ !` is one, and `IN`, `NOT IN`, `IS NULL`, `IS NOT NULL` too. */
  readonly comparator: string;
  /** Missing behind `IS NULL` and `IS NOT NULL`. */
  readonly right?: Side;
}

/** A stretch of the filter: a clause, an `AND`, or something that does not belong in a filter. */
type Unit = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'clause'; readonly clause: Clause }
  | { readonly kind: OperandKind | 'keyword' | 'comma' | 'stray' }
);

/**
 * The comparisons that a filter consists of (MLflow registry contract: search filter grammar). All have to hold:
 * `AND` between them may be missing, and more of it may stand anywhere.
 *
 * What has not the shape of comparisons is refused, in MLflow's words and, like there, before any comparison is
 * looked at.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function parseClauses(filter: string): Clause[] {
  if (filter === '') return [];
  const tokens = tokenize(filter);
  if (!tokens) throw invalidParameter(`Error on parsing filter '${filter}'`);
  if (tokens.length === 0) throw invalidParameter(`Invalid filter '${filter}'. Could not be parsed.`);
  if (hasSeveralStatements(tokens)) {
    throw invalidParameter(
      `Search filter contained multiple expression ${pythonRepr(filter)}. Provide AND-ed expression list.`,
    );
  }
  const units = joinLists(joinAliases(new ClauseParser(filter, tokens).parse()));
  const clauses: Clause[] = [];
  const strays: string[] = [];
  for (const unit of units) {
    const text = filter.slice(unit.start, unit.end);
    if (unit.kind === 'clause') clauses.push(unit.clause);
    else if (unit.kind !== 'keyword' || text.toUpperCase() !== 'AND') strays.push(text);
  }
  if (strays.length > 0) throw invalidParameter(`Invalid clause(s) in filter string: ${strays.join(', ')}`);
  return clauses;
}

function hasSeveralStatements(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((token, index) => {
    if (token.kind !== 'punctuation') return false;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    return token.text === ';' && depth <= 0 && index < tokens.length - 1;
  });
}

class ClauseParser {
  readonly #filter: string;
  readonly #tokens: readonly Token[];
  readonly #operands: OperandReader;

  constructor(filter: string, tokens: readonly Token[]) {
    this.#filter = filter;
    this.#tokens = tokens;
    this.#operands = new OperandReader(tokens);
  }

  parse(): Unit[] {
    const units: Unit[] = [];
    let at = 0;
    while (at < this.#tokens.length) {
      const [unit, next] = this.#unit(at);
      units.push(unit);
      at = next;
    }
    return units;
  }

  #unit(at: number): [Unit, number] {
    const reading = this.#operands.read(at);
    if (reading) return this.#comparisons(reading.operand, reading.next);
    const token = this.#tokens[at]!;
    const kind = token.kind === 'keyword' ? 'keyword' : token.text === ',' ? 'comma' : 'stray';
    return [{ kind, start: token.start, end: token.end }, at + 1];
  }

  /** As many comparisons as follow. In `a = b = c` the left side of the second is the first. */
  #comparisons(first: Operand, from: number): [Unit, number] {
    let unit: Unit = first;
    let left = first;
    let at = from;
    for (;;) {
      const found = this.#comparison(left, at);
      if (!found) return [unit, at];
      const [clause, next] = found;
      const span = { start: first.start, end: this.#tokens[next - 1]!.end };
      unit = { kind: 'clause', clause, ...span };
      left = { kind: 'expression', ...span };
      at = next;
    }
  }

  #comparison(left: Operand, at: number): [Clause, number] | undefined {
    const token = this.#tokens[at];
    if (token?.kind === 'comparator') {
      const right = this.#operands.read(at + 1);
      return right && [this.#clause(left, token.text, right.operand), right.next];
    }
    if (left.kind !== 'key') return undefined;
    for (const words of ['IS NULL', 'IS NOT NULL']) {
      if (this.#areAt(words, at)) return [this.#clause(left, words), at + words.split(' ').length];
    }
    for (const words of ['IN', 'NOT IN']) {
      const right = this.#areAt(words, at) && this.#operands.read(at + words.split(' ').length);
      if (right && right.operand.kind === 'list') {
        return [this.#clause(left, words, right.operand), right.next];
      }
    }
    return undefined;
  }

  #areAt(words: string, at: number): boolean {
    return words.split(' ').every((word, index) => this.#tokens[at + index]?.text.toUpperCase() === word);
  }

  #clause(left: Operand, comparator: string, right?: Operand): Clause {
    const clause = { left: this.#side(left), comparator: comparator.toUpperCase() };
    return right ? { ...clause, right: this.#side(right) } : clause;
  }

  #side(operand: Operand): Side {
    return { kind: operand.kind, text: this.#filter.slice(operand.start, operand.end) };
  }
}

const nameable: ReadonlySet<Unit['kind']> = new Set([
  'clause',
  'key',
  'list',
  'expression',
  'integer',
  'float',
]);

/** In SQL `thing name` gives the thing a name. Here it is one stray piece. */
function joinAliases(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index]!;
    const next = units[index + 1];
    if (nameable.has(unit.kind) && next?.kind === 'key') {
      joined.push({ kind: 'stray', start: unit.start, end: next.end });
      index += 1;
    } else {
      joined.push(unit);
    }
  }
  return joined;
}

/** What commas hold together is one stray piece. */
function joinLists(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index]!;
    const previous = joined.at(-1);
    const next = units[index + 1];
    if (unit.kind === 'comma' && canBeListed(previous) && canBeListed(next)) {
      joined[joined.length - 1] = { kind: 'stray', start: previous.start, end: next.end };
      index += 1;
    } else {
      joined.push(unit);
    }
  }
  return joined;
}

function canBeListed(unit: Unit | undefined): unit is Unit {
  return unit !== undefined && unit.kind !== 'list' && unit.kind !== 'comma';
}
