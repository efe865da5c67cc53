import type { Appended, EventLog } from './event-log.js';
import type { ProposedEvent } from './recorded-event.js';

/** What a writer believes about a stream. */
export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

/**
 * Whether an append is new, the repetition of one that was made, or wrong.
 *
 * A repetition is known for ever by the place that an exact revision names. Where the writer names no place, it is known
 * by its ids, and those only as long as the server remembers them. A repetition in part is always wrong.
 */
export function checkCommit(
  log: EventLog,
  stream: string,
  expected: ExpectedRevision,
  events: readonly ProposedEvent[],
): Appended | 'new' {
  const last = log.lastRevision(stream);
  const wrong = { outcome: 'wrong version', actual: last } as const;
  if (log.isTombstoned(stream)) return { outcome: 'stream deleted' };
  if (expected === 'stream_exists') {
    if (log.isSoftDeleted(stream)) return { outcome: 'stream deleted' };
    if (last < 0n && log.lastRevision(`$$${stream}`) < 0n) return wrong;
  }

  const first = numberOf(expected);
  const place = (event: ProposedEvent, index: number) =>
    first === undefined ? log.sent(event.id) : log.at(stream, first + 1n + BigInt(index));
  const places = events.map((event, index) => {
    const there = place(event, index);
    return there?.stream === stream && there.id === event.id ? there : undefined;
  });
  const repeated = places.at(-1);
  if (places[0] === undefined) {
    const recreates = expected === 'no_stream' && log.isSoftDeleted(stream);
    return first === undefined || first === last || recreates ? 'new' : wrong;
  }
  if (places.includes(undefined) || repeated === undefined) return wrong;
  return { outcome: 'appended', revision: repeated.revision, position: repeated.position };
}

function numberOf(expected: ExpectedRevision): bigint | undefined {
  if (expected === 'no_stream') return -1n;
  return typeof expected === 'bigint' ? expected : undefined;
}
