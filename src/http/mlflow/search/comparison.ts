import { pythonRepr } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type Clause, type Side, parseClauses } from './filter-grammar.js';
import { pythonSet } from './python-values.js';
import { isQuotedWith, withoutBackQuotes, withoutQuotes } from './quoted-text.js';
import { parseStringList } from './string-list.js';

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'integer' | 'float'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  /** Of `IS NULL`. */
  | { readonly kind: 'none' };

/** A comparison whose key and value are known to be good; whether the comparator suits them is not. */
export interface Comparison {
  readonly subject: 'attribute' | 'tag';
  readonly key: string;
  readonly comparator: string;
  readonly value: Value;
}

/** What a kind of thing can be searched by, besides its tags. */
export interface Attributes {
  readonly keys: readonly string[];
  /** Those that compare with a list. */
  readonly listable: readonly string[];
  /** Those that compare with numbers, in MLflow's words; undefined if numbers are not even known. */
  readonly numeric?: readonly string[];
}

/**
 * The comparisons of a filter (MLflow registry contract: search filter grammar, as MLflow 3.17's
 * `SearchModelUtils` and `SearchModelVersionUtils` read it).
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words.
 */
export function parseComparisons(filter: string, attributes: Attributes): Comparison[] {
  return parseClauses(filter).map((clause) => comparison(clause, attributes));
}

function comparison(clause: Clause, attributes: Attributes): Comparison {
  if (clause.left.kind !== 'key') {
    throw invalidParameter(`Invalid comparison clause. Expected 'Identifier' found '${clause.left.text}'`);
  }
  const [subject, key] = subjectAndKey(clause.left.text, attributes);
  const value = valueOf(subject, key, clause.right, attributes);
  return { subject, key, comparator: clause.comparator, value };
}

function subjectAndKey(text: string, attributes: Attributes): ['attribute' | 'tag', string] {
  const dot = text.indexOf('.');
  const entity = dot === -1 ? 'attribute' : text.slice(0, dot);
  const key = text.slice(dot + 1);
  switch (entity) {
    case 'attribute':
      if (attributes.keys.includes(key)) return ['attribute', key];
      throw invalidParameter(
        `Invalid attribute key '${key}' specified. Valid keys are '${pythonSet(attributes.keys)}'`,
      );
    case 'tag':
    case 'tags':
      return ['tag', withoutBackQuotes(withoutQuotes(key))];
    default:
      throw invalidEntity(entity);
  }
}

/** MLflow's refusal of what stands before the dot of a key. */
export function invalidEntity(entity: string): Error {
  return invalidParameter(
    `Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`,
  );
}

function valueOf(
  subject: 'attribute' | 'tag',
  key: string,
  side: Side | undefined,
  attributes: Attributes,
): Value {
  if (!side) return { kind: 'none' };
  if (side.kind === 'text' || side.kind === 'key') return { kind: 'text', text: unquoted(side.text) };
  if (subject === 'tag') {
    throw invalidParameter(
      `Expected a quoted string value for tag (e.g. 'my-value'). Got value ${side.text}`,
    );
  }
  if (side.kind === 'list') return { kind: 'list', values: listFor(key, side.text, attributes) };
  if ((side.kind === 'integer' || side.kind === 'float') && attributes.numeric) {
    if (attributes.numeric.includes(key)) return { kind: side.kind, text: side.text };
    throw invalidParameter(
      `Only the '${pythonSet(attributes.numeric)}' attributes support comparison with numeric values.`,
    );
  }
  throw invalidParameter(
    'Expected a quoted string value or a list of quoted string values for attributes. ' +
      `Got value ${side.text}`,
  );
}

function unquoted(text: string): string {
  if (isQuotedWith("'", text) || isQuotedWith('"', text)) return withoutQuotes(text);
  throw invalidParameter(
    'Parameter value is either not quoted or unidentified quote types used for string value ' +
      `${text}. Use either single or double quotes.`,
  );
}

function listFor(key: string, text: string, attributes: Attributes): readonly string[] {
  if (attributes.listable.includes(key)) return parseStringList(text);
  const listable = attributes.listable.map(pythonRepr).join(', ');
  throw invalidParameter(
    `Only [${listable}] attributes support comparison with a list of quoted string values.`,
  );
}
