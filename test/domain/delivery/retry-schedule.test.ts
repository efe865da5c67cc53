import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { delayAfter, standardRetries } from '../../../src/domain/delivery/retry-schedule.js';

const inTheMiddle = 0.5;
const delays = (random: number) =>
  Array.from({ length: 10 }, (_, index) => delayAfter(index + 1, standardRetries, null, random));

describe('the schedule of retries', () => {
  it('is that of Standard Webhooks, and ends after ten attempts', () => {
    const [second, minute, hour] = [1_000, 60_000, 3_600_000];
    const [day, night] = [24 * hour, 14 * hour];
    expect(delays(inTheMiddle)).toEqual([
      5 * second,
      5 * minute,
      30 * minute,
      2 * hour,
      5 * hour,
      10 * hour,
      night,
      20 * hour,
      day,
      null,
    ]);
  });

  it('is up to a fifth shorter or longer by chance', () => {
    expect(delays(0)[0]).toBe(4_000);
    expect(delays(1)[0]).toBe(6_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const planned = standardRetries.retries[attempt] ?? 0;
          const delay = delayAfter(attempt, standardRetries, null, random) ?? 0;
          expect(Math.abs(delay - planned)).toBeLessThanOrEqual(0.2 * planned + 1);
        },
      ),
    );
  });

  it('waits longer when the endpoint asks for it', () => {
    expect(delayAfter(1, standardRetries, 60_000, inTheMiddle)).toBe(60_000);
    expect(delayAfter(2, standardRetries, 60_000, inTheMiddle)).toBe(300_000);
  });

  it('waits no longer than a week for an endpoint that asks for more', () => {
    expect(delayAfter(1, standardRetries, 1e12, inTheMiddle)).toBe(7 * 24 * 3_600_000);
  });

  it('ends however long the endpoint asks to wait', () => {
    expect(delayAfter(10, standardRetries, 60_000, inTheMiddle)).toBeNull();
  });
});
