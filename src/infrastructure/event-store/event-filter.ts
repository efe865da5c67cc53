import type { EventFilter } from '../../application/ports/event-store.js';

/** Whether an event of this stream passes the filter. */
export function passes(filter: EventFilter, stream: string): boolean {
  return filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));
}
