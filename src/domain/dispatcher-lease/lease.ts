import type { LeaseEvent } from './events.js';

/** When a lease is renewed, given up and taken, in milliseconds. */
export interface LeaseTimes {
  readonly renewEvery: number;
  /** Its holder stops when its last renewal that succeeded began so long ago. */
  readonly holdFor: number;
  /** Another node takes it when it has itself seen nothing new in the stream for so long. More than `holdFor`. */
  readonly takeAfter: number;
  /** How often a node that does not hold it looks at the stream. */
  readonly lookEvery: number;
}

/**
 * Nobody compares the clocks of two machines. A renewal is in the log no earlier than it began, and seen by others no
 * earlier than it is in the log: so the holder has stopped at least `takeAfter - holdFor` before another one begins.
 */
export const standardLease: LeaseTimes = {
  renewEvery: 3_000,
  holdFor: 7_000,
  takeAfter: 10_000,
  lookEvery: 1_000,
};

/** What the last event of the stream says. Older ones say nothing more. */
export interface Lease {
  /** Nobody has it: it may be taken at once. */
  readonly isFree: boolean;
  /** Of its last holder; 0 when there was none. */
  readonly term: number;
}

/** @param last undefined when the stream is empty */
export function leaseAfter(last: LeaseEvent | undefined): Lease {
  if (last === undefined) return { isFree: true, term: 0 };
  return { isFree: last.type === 'LeaseReleased', term: last.data.term };
}

/** @param silence for how long the one who asks has seen no new event, by its own clock */
export function mayBeTaken(lease: Lease, silence: number, { takeAfter }: LeaseTimes): boolean {
  return lease.isFree || silence >= takeAfter;
}
