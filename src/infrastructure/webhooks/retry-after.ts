/** Nobody is left alone for longer than that: a week, in milliseconds. */
const longest = 7 * 24 * 60 * 60 * 1_000;

/**
 * For how long an endpoint asks to be left alone, in milliseconds: `Retry-After` (RFC 9110, section 10.2.3) in seconds
 * or as a date. Null when it says nothing that makes sense.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : dateOf(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longest);
}

/** The three forms of a date that HTTP knows all begin with the day of the week. */
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : NaN;
}
