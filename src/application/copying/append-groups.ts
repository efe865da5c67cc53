import type { RecordedEvent } from '../ports/event-store.js';
import { copyOf } from './copied-event.js';

const mostEvents = 500;

/** Half of what EventStoreDB takes at once where nobody has set another limit. */
const mostBytes = 512 * 1024;

/**
 * The events in their order, in groups that one append can hold: events that follow each other in the log and in one
 * stream. Wherever it begins, the groups from there on are the same, so that an append whose outcome is not known can
 * be made again. An event that is larger than a group may be is a group by itself.
 */
export async function* appendGroups(
  events: AsyncIterable<RecordedEvent>,
): AsyncGenerator<readonly RecordedEvent[], void> {
  let group: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = sizeOf(event);
    const last = group.at(-1);
    if (last && (!follows(event, last) || group.length === mostEvents || bytes + size > mostBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(event);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

function follows(event: RecordedEvent, last: RecordedEvent): boolean {
  return event.stream === last.stream && event.revision === last.revision + 1;
}

function sizeOf(event: RecordedEvent): number {
  return Buffer.byteLength(JSON.stringify(copyOf(event)));
}
