import type { JsonObject, RecordedEvent } from '../../application/ports/event-store.js';

/** An event as the log keeps it, its JSON as text. */
export type LogRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
  recordedAt: number,
];

export function toRecordedEvent(row: LogRow): RecordedEvent {
  return {
    position: row[0],
    stream: row[1],
    revision: row[2],
    id: row[3],
    type: row[4],
    data: JSON.parse(row[5]) as JsonObject,
    metadata: JSON.parse(row[6]) as JsonObject,
    recordedAt: row[7],
  };
}

/** How much text the JSON of an event is: what pages and the tail are measured by. */
export function sizeOf(row: LogRow): number {
  return row[5].length + row[6].length;
}
