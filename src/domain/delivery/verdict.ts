import { delayAfter } from './retry-schedule.js';
import type { RetryRules } from './retry-schedule.js';

/** What an endpoint said to one attempt. */
export interface Answered {
  /** Null when there was no HTTP answer. */
  readonly status: number | null;
  /** For how long it asks to be left alone, in milliseconds. */
  readonly retryAfter: number | null;
}

/** What follows from it. */
export type Verdict =
  | { readonly outcome: 'delivered' }
  /** In so many milliseconds it is tried again. */
  | { readonly outcome: 'failed'; readonly retryIn: number }
  | { readonly outcome: 'parked' };

/** Any 2xx is a success. Everything else is a failure, also a redirection, which is never followed. */
export function verdictOn(answer: Answered, attempt: number, rules: RetryRules, random: number): Verdict {
  if (isSuccess(answer)) return { outcome: 'delivered' };
  const retryIn = delayAfter(attempt, rules, answer.retryAfter, random);
  return retryIn === null ? { outcome: 'parked' } : { outcome: 'failed', retryIn };
}

/** The endpoint says that it will never be there again: nothing more is sent to it (CloudEvents, Standard Webhooks). */
export function isGone({ status }: Answered): boolean {
  return status === 410;
}

const patience = 5 * 24 * 60 * 60 * 1_000;

/**
 * Whether an endpoint has failed for so long that the service gives it up: asked when a delivery was parked. Times are
 * milliseconds since the epoch.
 *
 * @param lastDelivered null for never
 * @param lastChanged when the webhook was last changed, which may be what mends it
 */
export function isGivenUp(lastDelivered: number | null, lastChanged: number, now: number): boolean {
  return now - Math.max(lastDelivered ?? 0, lastChanged) >= patience;
}

function isSuccess({ status }: Answered): boolean {
  return status !== null && status >= 200 && status < 300;
}
