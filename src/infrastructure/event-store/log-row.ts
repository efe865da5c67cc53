import type { JsonObject, NewEvent, RecordedEvent } from '../../application/ports/event-store.js';

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

/** An event that is ready to be stored: its JSON has been made. */
export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

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

/** @throws TypeError when data or metadata have no JSON, or JSON that is no object. */
export function toWrittenEvent(event: NewEvent): WrittenEvent {
  return {
    id: event.id,
    type: event.type,
    data: toJson(event, 'data'),
    metadata: toJson(event, 'metadata'),
  };
}

function toJson(event: NewEvent, part: 'data' | 'metadata'): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(event[part]);
  } catch (cause) {
    throw new TypeError(`The ${part} of event ${event.type} cannot be written as JSON`, { cause });
  }
  if (!json?.startsWith('{')) {
    throw new TypeError(`The ${part} of event ${event.type} is no JSON object`);
  }
  return json;
}
