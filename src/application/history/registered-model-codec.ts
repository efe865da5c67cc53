import type { RegisteredModelEvent, RegisteredModelEventType } from '../../domain/registered-model/events.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { decodeMetadata } from './event-metadata.js';

/** Streams of registered models: `registeredModel-<uuid>`. */
export const registeredModelPrefix = 'registeredModel-';

/** The events of a model and of its versions are in one stream, so that they are decided together (ADR 0002). */
export function registeredModelStream(modelId: string): string {
  return registeredModelPrefix + modelId;
}

/** The id of the model that a stream belongs to. */
export function modelIdOf(stream: string): string {
  return stream.slice(registeredModelPrefix.length);
}

const knownTypes: ReadonlySet<string> = new Set<RegisteredModelEventType>([
  'ModelRegistered',
  'ModelRenamed',
  'ModelDescribed',
  'ModelDeleted',
  'ModelRestored',
  'NameClaimForfeited',
  'NothingChanged',
  'VersionCreated',
  'VersionDescribed',
  'VersionStatusChanged',
  'VersionDeleted',
  'VersionRestored',
  'StageTransitioned',
  'TagSet',
  'TagDeleted',
  'AliasSet',
  'AliasDeleted',
]);

/** The stream holds an event that this version of the service does not know: it was written by a newer one. */
export class UnknownEventTypeError extends Error {
  override readonly name = 'UnknownEventTypeError';

  constructor(event: RecordedEvent) {
    super(
      `Event ${event.revision} of ${event.stream} has the type ${event.type}, which this version of Annals does ` +
        'not know. It was written by a newer version: upgrade this one.',
    );
  }
}

/**
 * The one place that turns stored JSON into an event of a registered model, in its newest shape. Shapes of the past
 * are brought up to date here; the log is never rewritten.
 *
 * @throws UnknownEventTypeError
 */
export function decodeRegisteredModelEvent(event: RecordedEvent): RegisteredModelEvent {
  if (!knownTypes.has(event.type)) throw new UnknownEventTypeError(event);
  const at = Date.parse(decodeMetadata(event.metadata).happenedAt);
  return { type: event.type, data: event.data, at } as unknown as RegisteredModelEvent;
}
