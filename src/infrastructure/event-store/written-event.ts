import type { NewEvent } from '../../application/ports/event-store.js';

/** An event that is ready to be stored: its JSON has been made. */
export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
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
