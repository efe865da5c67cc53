import * as fc from 'fast-check';
import type {
  ModelCondition,
  NumberComparator,
  Order,
  TextComparator,
  VersionCondition,
} from '../../../src/application/queries/search-criteria.js';
import type { ModelVersionView, RegisteredModelView } from '../../../src/application/queries/views.js';

/** What a search finds, told without a database. Text is compared as SQL does it, in UTF-8. */
export function holdsForVersion(version: ModelVersionView, condition: VersionCondition): boolean {
  switch (condition.kind) {
    case 'name':
      return compareText(version.name, condition.comparator, condition.value);
    case 'tag':
      return version.tags.some(
        ({ key, value }) =>
          key === condition.key && compareText(value, condition.comparator, condition.value),
      );
    case 'run_id':
      return compareText(version.runId, condition.comparator, condition.value);
    case 'source_path':
      return compareText(version.source, condition.comparator, condition.value);
    case 'name_in':
      return condition.values.includes(version.name);
    case 'run_id_in':
      return condition.values.includes(version.runId);
    case 'version_number':
      return compareNumber(version.version, condition.comparator, condition.value);
    default:
      throw new Error('unknown condition');
  }
}

export function holdsForModel(model: RegisteredModelView, condition: ModelCondition): boolean {
  if (condition.kind === 'name') return compareText(model.name, condition.comparator, condition.value);
  if (condition.kind === 'name_in') return condition.values.includes(model.name);
  return model.tags.some(
    ({ key, value }) => key === condition.key && compareText(value, condition.comparator, condition.value),
  );
}

/** The order of a search: the wishes and then the tie-breaks. */
export function inOrder<Key extends string>(
  terms: readonly Order<Key>[],
): (a: Readonly<Record<Key, string | number>>, b: Readonly<Record<Key, string | number>>) => number {
  return (a, b) => {
    for (const { key, direction } of terms) {
      const order = compare(a[key], b[key]);
      if (order !== 0) return direction === 'ASC' ? order : -order;
    }
    return 0;
  };
}

export function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
}

export function compareText(text: string, comparator: TextComparator, value: string): boolean {
  if (comparator === '=') return text === value;
  if (comparator === '!=') return text !== value;
  return comparator === 'LIKE' ? matches(text, value) : matches(folded(text), folded(value));
}

function matches(text: string, pattern: string): boolean {
  const expression = Array.from(pattern, (character) => {
    if (character === '%') return '[^]*';
    return character === '_' ? '[^]' : `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return new RegExp(`^${expression.join('')}$`, 'u').test(text);
}

function folded(text: string): string {
  return Array.from(text, (character) => character.toLowerCase())
    .join('')
    .replaceAll('ς', 'σ');
}

function compareNumber(number: number, comparator: NumberComparator, value: number): boolean {
  const outcomes: Readonly<Record<NumberComparator, boolean>> = {
    '=': number === value,
    '!=': number !== value,
    '<': number < value,
    '<=': number <= value,
    '>': number > value,
    '>=': number >= value,
  };
  return outcomes[comparator];
}

const letters = [
  'a',
  'A',
  'b',
  'é',
  'É',
  'Σ',
  'ς',
  'σ',
  'ß',
  '\u{1F33B}',
  '\uFFFD',
  '\u{10FFFF}',
  '\uD7FF',
  '\uE000',
];
const signs = ['%', '_', '*', '?', '[', ']', '[^a]', '\\', "'", '"', ' ', '-', '1'];

/** Texts that are hard on wildcards, letter case and the order of bytes. */
export const anyText = fc
  .array(fc.constantFrom(...letters, ...signs), { maxLength: 4 })
  .map((parts) => parts.join(''));
