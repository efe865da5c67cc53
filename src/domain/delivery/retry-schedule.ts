const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long endpoints are waited for, in milliseconds. */
export interface RetryRules {
  /**
   * How long each attempt waits: the first one after the event, the others after the one before. After the last one a
   * delivery is parked.
   */
  readonly retries: readonly number[];
  /** How long the circuit stays open: the first time, the second and so on; the last one from then on. */
  readonly cooldowns: readonly number[];
}

/** The schedule of Standard Webhooks 1.0, and a circuit that opens for 1, 2, 5 and then 15 minutes. */
export const standardRetries: RetryRules = {
  retries: [
    0,
    5 * second,
    5 * minute,
    30 * minute,
    2 * hour,
    5 * hour,
    10 * hour,
    14 * hour,
    20 * hour,
    24 * hour,
  ],
  cooldowns: [minute, 2 * minute, 5 * minute, 15 * minute],
};

/** By how much of itself a delay is longer or shorter at random, so that what failed together is not tried together. */
const jitter = 0.2;

/** An endpoint that asks for more than this (`Retry-After`) is asked again all the same. */
const longestWished = 7 * 24 * hour;

/**
 * How long to wait after a failed attempt, in milliseconds; null when it was the last one.
 *
 * @param attempt that failed, from 1
 * @param retryAfter for how long the endpoint asks to be left alone
 * @param random from 0 to 1
 */
export function delayAfter(
  attempt: number,
  { retries }: RetryRules,
  retryAfter: number | null,
  random: number,
): number | null {
  const delay = retries[attempt];
  if (delay === undefined) return null;
  const spread = Math.round(delay * (1 - jitter + 2 * jitter * random));
  return Math.max(spread, Math.min(retryAfter ?? 0, longestWished));
}
