import { isoTime } from '../../../application/iso-time.js';

/** A time as the native API writes it: ISO 8601, UTC, milliseconds. */
export function iso(time: number): string {
  return isoTime(time);
}

/** The same of a time that there may not be. */
export function isoOrNull(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : iso(time);
}
