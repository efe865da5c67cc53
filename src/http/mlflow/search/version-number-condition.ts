import type { NumberComparator, VersionCondition } from '../../../application/queries/search-criteria.js';
import { pythonRepr } from '../../../domain/python-text.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import type { Comparison, Value } from './comparison.js';
import { pythonFloat } from './python-values.js';

const numberComparators: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies NumberComparator[];

function isNumberComparator(comparator: string): comparator is NumberComparator {
  return numberComparators.includes(comparator);
}

/**
 * The condition that a comparison with `version_number` is. The number may be quoted, but has to be an integer.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words.
 */
export function versionNumberCondition({ key, comparator, value }: Comparison): VersionCondition {
  if (!isNumberComparator(comparator)) {
    throw invalidParameter(`Invalid comparator for attribute ${key}: ${comparator}`);
  }
  const number = integer(value);
  if (number === undefined) {
    throw invalidParameter(`Invalid value for numeric attribute '${key}': ${written(value)}`);
  }
  return { kind: 'version_number', comparator, value: number };
}

/** What Python's `int` makes of it. Versions have safe integers, so what is beyond those is brought down to them. */
function integer(value: Value): number | undefined {
  if (value.kind !== 'integer' && value.kind !== 'text') return undefined;
  const digits = value.text.trim();
  if (!/^[+-]?\d+(?:_\d+)*$/u.test(digits)) return undefined;
  const number = Number(digits.replaceAll('_', ''));
  return Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function written(value: Value): string {
  if (value.kind === 'text') return pythonRepr(value.text);
  return value.kind === 'float' ? pythonFloat(Number(value.text)) : value.kind;
}
