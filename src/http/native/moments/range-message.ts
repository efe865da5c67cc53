import type { LogRange } from '../../../application/queries/history/moments.js';
import { iso } from '../messages/iso.js';

/** What can be asked about, in a problem document. Null while the log is empty. */
export function rangeMessage({ first, last, reached }: LogRange) {
  if (first === undefined || last === undefined) return null;
  return {
    from: { position: first.position, time: iso(first.recordedAt) },
    to: { position: Math.max(last.position, reached), time: iso(last.recordedAt) },
  };
}

/** The same in a sentence. */
export function rangeText({ first, last, reached }: LogRange): string {
  if (first === undefined || last === undefined) return 'The log is empty.';
  return (
    `The log holds positions ${first.position} to ${Math.max(last.position, reached)}, ` +
    `recorded from ${iso(first.recordedAt)} to ${iso(last.recordedAt)}.`
  );
}
