import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import type { TextComparator } from '../../../src/application/queries/search-criteria.js';
import { registerFoldCase } from '../../../src/projections/registry/search/fold-case.js';
import { textCondition } from '../../../src/projections/registry/search/text-conditions.js';
import { raw } from '../../../src/projections/sql.js';
import { anyText, compare, compareText } from './naive-search.js';

const db = new DatabaseSync(':memory:');
db.exec('CREATE TABLE texts (text TEXT) STRICT');
registerFoldCase(db);

function holds(text: string, comparator: TextComparator, value: string): boolean {
  const condition = textCondition(raw('text'), comparator, value).sql;
  const query = db.prepare(`SELECT ${condition.text} AS holds FROM (SELECT ? AS text)`);
  return Object.values(query.get(...condition.values, text) ?? {})[0] === 1;
}

/** A text and a pattern that was made from it, by wildcards in the place of some of it and by another letter case. */
const textAndPattern = fc
  .tuple(
    anyText,
    fc.array(fc.constantFrom('as it is', 'other case', '_', '%', 'and %', 'left out'), { maxLength: 8 }),
  )
  .map(([text, changes]) => {
    const pattern = Array.from(text, (character, place) => changed(character, changes[place] ?? 'as it is'));
    return [text, pattern.join('') + (changes.length === 8 ? '%' : '')] as const;
  });

function changed(character: string, change: string): string {
  switch (change) {
    case 'as it is':
      return character;
    case 'other case':
      return character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
    case 'and %':
      return `${character}%`;
    case 'left out':
      return '';
    default:
      return change;
  }
}

describe('a condition on a text', () => {
  it('means what MLflow means by it', () => {
    fc.assert(
      fc.property(
        textAndPattern,
        fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'),
        ([text, pattern], comparator) => {
          expect(holds(text, comparator, pattern)).toBe(compareText(text, comparator, pattern));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is true of neighbours only when it says that it is true of a range', () => {
    fc.assert(
      fc.property(
        fc.array(anyText),
        textAndPattern,
        fc.constantFrom('=', 'LIKE'),
        (texts, [text, pattern], comparator) => {
          fc.pre(textCondition(raw('text'), comparator, pattern).reach === 'range');
          const sorted = [...texts, text].toSorted(compare).map((each) => holds(each, comparator, pattern));
          const first = sorted.indexOf(true);
          if (first !== -1) expect(sorted.slice(first, sorted.lastIndexOf(true) + 1)).not.toContain(false);
        },
      ),
    );
  });

  it.each([
    ['iris', 'LIKE', 'Iris', false],
    ['iris', 'ILIKE', 'IRIS', true],
    ['100 %', 'LIKE', '100 %', true],
    ['a*c', 'LIKE', 'a*%', true],
    ['abc', 'LIKE', 'a*%', false],
    ['[x]', 'LIKE', '[x_', true],
    ['x', 'LIKE', '[x]', false],
    ['Ärger', 'ILIKE', 'äRG%', true],
    ['ΟΔΟΣ', 'ILIKE', 'οδοσ', true],
    ['ΟΔΟΣ', 'ILIKE', '%ς', true],
    ['\u{1F33B}', 'LIKE', '_', true],
    ['', 'LIKE', '%', true],
    ['\uD7FF\uE000', 'LIKE', '\uD7FF%', true],
    ['\uE000', 'LIKE', '\uD7FF%', false],
    ['\u{10FFFF}a', 'LIKE', '\u{10FFFF}%', true],
  ] as const)('%s %s %s: %s', (text, comparator, pattern, expected) => {
    expect(holds(text, comparator, pattern)).toBe(expected);
  });

  it.each(['LIKE', 'ILIKE'] as const)(
    'refuses a pattern of %s that is longer than SQLite can match',
    (comparator) => {
      expect(() => textCondition(raw('text'), comparator, `%${'x'.repeat(50_000)}`)).toThrow(
        expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }),
      );
    },
  );
});
