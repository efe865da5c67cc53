import type { JsonObject, Revision } from './event-store.js';

/** The state of a stream as of one of its events. */
export interface Snapshot {
  readonly revision: Revision;
  /** Id of the event at that revision, by which a reader sees whether the snapshot is of this history. */
  readonly eventId: string;
  readonly state: JsonObject;
}

/** Shortcuts past long streams. Each may be lost at any time without a loss: the stream holds the truth. */
export abstract class SnapshotStore {
  abstract load(stream: string): Snapshot | undefined;
  /** Replaces an older snapshot of the stream. */
  abstract save(stream: string, snapshot: Snapshot): void;
}
