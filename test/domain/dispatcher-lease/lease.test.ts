import { describe, expect, it } from '@jest/globals';
import { leaseAfter, mayBeTaken, standardLease } from '../../../src/domain/dispatcher-lease/lease.js';

const taken = leaseAfter({ type: 'LeaseTaken', data: { holder: 'one', term: 3 } });
const renewed = leaseAfter({ type: 'LeaseRenewed', data: { term: 3 } });
const released = leaseAfter({ type: 'LeaseReleased', data: { term: 3 } });

describe('the lease of the dispatcher', () => {
  it('may be taken at once when nobody ever had it, or its holder has given it back', () => {
    expect(leaseAfter(undefined)).toEqual({ isFree: true, term: 0 });
    expect(mayBeTaken(leaseAfter(undefined), 0, standardLease)).toBe(true);
    expect(released).toEqual({ isFree: true, term: 3 });
    expect(mayBeTaken(released, 0, standardLease)).toBe(true);
  });

  it.each([
    ['was taken', taken],
    ['was renewed', renewed],
  ])('may be taken ten seconds after nothing more was seen than that it %s', (_, lease) => {
    expect(lease).toEqual({ isFree: false, term: 3 });
    expect(mayBeTaken(lease, 9_999, standardLease)).toBe(false);
    expect(mayBeTaken(lease, 10_000, standardLease)).toBe(true);
  });

  it('has been let go of by its holder well before another one may take it', () => {
    expect(standardLease.holdFor).toBeGreaterThan(2 * standardLease.renewEvery);
    expect(standardLease.takeAfter - standardLease.holdFor).toBeGreaterThanOrEqual(3_000);
  });
});
