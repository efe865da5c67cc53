/** How long this adapter waits, in milliseconds. Tests wait less. */
export interface Timings {
  /** For the reply to one append. The server's own limits are 2 s for the disk and 2 s for the other nodes. */
  readonly appendAttempt: number;
  /** For the outcome of an append that may be stored, over all attempts. */
  readonly appendPatience: number;
  /** For a connection over which an append can be sent at all. */
  readonly connectionPatience: number;
  /** For the next events of a reading. */
  readonly readProgress: number;
  /** How long a subscription may say nothing while the log has events for it. */
  readonly subscriptionSilence: number;
}

export const defaultTimings: Timings = {
  appendAttempt: 3_000,
  appendPatience: 10_000,
  connectionPatience: 2_000,
  readProgress: 5_000,
  subscriptionSilence: 10_000,
};

/** A pause before the next attempt, of about the doubled length of the last one. */
export function pauseBefore(attempt: number): number {
  return Math.min(50 * 2 ** attempt, 1_000) * (0.5 + Math.random());
}
