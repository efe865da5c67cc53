import { createHash } from 'node:crypto';
import type { ModelNameEvent } from '../../domain/model-name/model-name.js';
import type { RecordedEvent } from '../ports/event-store.js';

/** Streams of names: `modelName-<SHA-256 of the name>`. */
export const modelNamePrefix = 'modelName-';

/** The stream in which a name is claimed. Names are hashed: a stream's name has limits that a model's has not. */
export function modelNameStream(name: string): string {
  return modelNamePrefix + createHash('sha256').update(name).digest('hex');
}

/** The one place that turns stored JSON into an event of a model name's stream. */
export function decodeModelNameEvent(event: RecordedEvent): ModelNameEvent {
  if (event.type !== 'NameClaimed' && event.type !== 'NameReleased') {
    throw new Error(`${event.stream} holds an event of the unknown type ${event.type}`);
  }
  return { type: event.type, data: event.data } as unknown as ModelNameEvent;
}
