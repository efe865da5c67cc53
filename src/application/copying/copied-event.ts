import { isDeepStrictEqual } from 'node:util';
import { firstRecordedAt } from '../history/event-metadata.js';
import type { NewEvent, RecordedEvent } from '../ports/event-store.js';

/** What an event is in every log that has it. Its position and the log's own time are not part of it. */
const lasting = ['stream', 'revision', 'id', 'type', 'data', 'metadata'] as const;

/** A part of an event that is the same in a true copy. */
export type LastingPart = (typeof lasting)[number];

/**
 * The event as another log takes it. That log has its own clock, so the time when the event was first recorded goes
 * into the metadata, where it stays however often the event is copied.
 */
export function copyOf(event: RecordedEvent): NewEvent {
  const { id, type, data, metadata } = event;
  return { id, type, data, metadata: { ...metadata, firstRecordedAt: firstRecordedAt(event) } };
}

/** In what an event is no true copy of another; undefined when it is one. */
export function differenceOf(original: RecordedEvent, copy: RecordedEvent): LastingPart | undefined {
  const expected = { ...original, ...copyOf(original), id: original.id.toLowerCase() };
  const actual = { ...copy, id: copy.id.toLowerCase() };
  return lasting.find((part) => !isDeepStrictEqual(actual[part], expected[part]));
}
