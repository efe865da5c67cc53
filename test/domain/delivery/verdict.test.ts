import { describe, expect, it } from '@jest/globals';
import { standardRetries } from '../../../src/domain/delivery/retry-schedule.js';
import { isGivenUp, isGone, verdictOn } from '../../../src/domain/delivery/verdict.js';

const answered = (status: number | null, retryAfter: number | null = null) => ({ status, retryAfter });
const verdict = (status: number | null, attempt = 1) =>
  verdictOn(answered(status), attempt, standardRetries, 0.5);

describe('an answer of an endpoint', () => {
  it.each([200, 201, 202, 204, 299])('%d is a success', (status) => {
    expect(verdict(status)).toEqual({ outcome: 'delivered' });
  });

  it.each([null, 100, 199, 300, 301, 302, 307, 400, 404, 410, 429, 500, 503])('%p is a failure', (status) => {
    expect(verdict(status)).toEqual({ outcome: 'failed', retryIn: 5_000 });
  });

  it('parks the delivery when it is a failure after the last retry', () => {
    expect(verdict(500, 10)).toEqual({ outcome: 'parked' });
    expect(verdict(200, 10)).toEqual({ outcome: 'delivered' });
  });

  it('says that the endpoint is gone when it is 410, and only then', () => {
    expect(isGone(answered(410))).toBe(true);
    expect(isGone(answered(404))).toBe(false);
    expect(isGone(answered(null))).toBe(false);
  });
});

describe('an endpoint', () => {
  const day = 24 * 3_600_000;

  it('is given up after five days without a success', () => {
    expect(isGivenUp(day, 0, 6 * day)).toBe(true);
    expect(isGivenUp(day, 0, 6 * day - 1)).toBe(false);
    expect(isGivenUp(null, day, 6 * day)).toBe(true);
  });

  it('is given five days again when its webhook was changed', () => {
    expect(isGivenUp(null, 2 * day, 6 * day)).toBe(false);
    expect(isGivenUp(day, 2 * day, 6 * day)).toBe(false);
  });
});
