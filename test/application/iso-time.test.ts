import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isoTime } from '../../src/application/iso-time.js';

const furthest = 8_640_000_000_000_000;

describe('a time as text', () => {
  it('is what Date makes of it, on whatever day the one before was', () => {
    const time = fc.oneof(
      fc.integer({ min: -furthest, max: furthest }),
      fc.date({ noInvalidDate: true }).map(Number),
    );
    const sameDay = fc.integer({ min: -86_400_000, max: 86_400_000 });
    fc.assert(
      fc.property(time, sameDay, fc.double({ min: 0, max: 1e12, noNaN: true }), (one, step, odd) => {
        for (const each of [one, Math.max(-furthest, Math.min(furthest, one + step)), one, odd]) {
          expect(isoTime(each)).toBe(new Date(each).toISOString());
        }
      }),
    );
  });

  it('is refused if there is none', () => {
    for (const time of [Number.NaN, Infinity, furthest + 86_400_000]) {
      expect(() => isoTime(time)).toThrow(RangeError);
    }
  });
});
