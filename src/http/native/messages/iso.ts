import { isoTime } from '../../../application/iso-time.js';

/** A time as the native API writes it: ISO 8601, UTC, milliseconds. */
export function iso(time: number): string {
  return isoTime(time);
}
