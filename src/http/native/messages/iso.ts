/** A time as the native API writes it: ISO 8601, UTC, milliseconds. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
