import { afterAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { prefixRange } from '../../src/infrastructure/embedded-log/stream-prefixes.js';
import { passes } from '../../src/infrastructure/event-store/event-filter.js';

const database = new DatabaseSync(':memory:');
const within = database.prepare('SELECT ?1 >= ?2 AND ?1 < ?3 AS found');
afterAll(() => database.close());

const text = fc.string({ unit: 'binary', maxLength: 4 });
const extremes = fc.constantFrom(
  '',
  'a',
  '\u{7f}',
  '\u{d7ff}',
  '\u{e000}',
  '\u{ffff}',
  '\u{10000}',
  '\u{10ffff}',
);
const name = fc.array(fc.oneof(text, extremes), { maxLength: 3 }).map((parts) => parts.join(''));

it('finds by ranges in the database the very names that start with the prefix', () => {
  fc.assert(
    fc.property(name, name, fc.boolean(), (prefix, other, startsWithIt) => {
      const stream = startsWithIt ? prefix + other : other;
      const { start, end } = prefixRange(prefix);
      const found = within.get(stream, start, end)?.['found'] === 1;
      expect(found).toBe(passes({ streamPrefixes: [prefix] }, stream));
    }),
    { numRuns: 500 },
  );
});
