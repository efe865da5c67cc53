import { describe, expect, it } from '@jest/globals';
import { retryAfter } from '../../../src/infrastructure/webhooks/retry-after.js';

const now = Date.parse('2026-11-24T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Tue, 24 Nov 2026 10:01:00 GMT', 60_000],
    ['Tuesday, 24-Nov-26 10:01:00 GMT', 60_000],
    ['Tue Nov 24 10:01:00 2026', 60_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['99999999999999999999', 604_800_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 604_800_000],
  ])('"%s" asks for %d ms', (header, milliseconds) => expect(retryAfter(header, now)).toBe(milliseconds));

  it.each([[undefined], [''], ['soon'], ['-5'], ['1.5'], ['2026-11-24'], ['Tomorrow']])(
    '%p asks for nothing',
    (header) => expect(retryAfter(header, now)).toBeNull(),
  );
});
