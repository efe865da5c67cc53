import type {
  NameCondition,
  NameListCondition,
  TagCondition,
  TextComparator,
} from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import type { Comparison } from './comparison.js';

/** A comparison of one text with another. */
export interface TextTest {
  readonly comparator: TextComparator;
  readonly value: string;
}

const textComparators: readonly string[] = ['=', '!=', 'LIKE', 'ILIKE'] satisfies TextComparator[];

function isTextComparator(comparator: string): comparator is TextComparator {
  return textComparators.includes(comparator);
}

/** The values of which a text has to be one, if there are several. */
export function alternatives({ comparator, value }: Comparison): readonly string[] | undefined {
  return comparator === 'IN' && value.kind === 'list' && value.values.length > 1 ? value.values : undefined;
}

/**
 * What any other comparison with a text asks of the text. All that it asks has to hold: `NOT IN` asks that the text
 * be none of the values, each by itself.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words, for a comparator that does not suit texts.
 */
export function textTests({ subject, comparator, value }: Comparison): TextTest[] {
  if (value.kind === 'list' && (comparator === 'IN' || comparator === 'NOT IN')) {
    return value.values.map((one) => ({ comparator: comparator === 'IN' ? '=' : '!=', value: one }));
  }
  if (!isTextComparator(comparator)) {
    throw invalidParameter(`Invalid comparator for ${subject}: ${comparator}`);
  }
  if (value.kind !== 'text') {
    throw invalidParameter(
      `Invalid value for comparator ${comparator}: only IN and NOT IN compare with a list.`,
    );
  }
  return [{ comparator, value: value.text }];
}

/** @throws RegistryError INVALID_PARAMETER_VALUE */
export function tagConditions(comparison: Comparison): TagCondition[] {
  return textTests(comparison).map((test) => ({ kind: 'tag', key: comparison.key, ...test }));
}

/** @throws RegistryError INVALID_PARAMETER_VALUE */
export function nameConditions(comparison: Comparison): (NameCondition | NameListCondition)[] {
  const values = alternatives(comparison);
  if (values) return [{ kind: 'name_in', values }];
  return textTests(comparison).map((test) => ({ kind: 'name', ...test }));
}
