import type { Consumer } from '../../domain/consumer/consumer.js';
import type { JsonObject } from '../ports/event-store.js';

/** Raised whenever the state of a consumer changes its shape: older snapshots are then not used. */
const shape = 1;

interface Snapshot {
  readonly shape: typeof shape;
  readonly consumer: Consumer;
}

/** The state of a consumer as JSON: its stream has an event for every acknowledgement. */
export function consumerToSnapshot(consumer: Consumer): JsonObject {
  return { shape, consumer: { ...consumer } };
}

/** The state that {@link consumerToSnapshot} wrote; undefined when another version of the service wrote it. */
export function consumerFromSnapshot(json: JsonObject): Consumer | undefined {
  const snapshot = json as unknown as Snapshot;
  return snapshot.shape === shape ? snapshot.consumer : undefined;
}
