import type { JsonObject, RecordedEvent } from '../ports/event-store.js';

/** Who did it. There always is one: `unauthenticated` is a value. */
export interface Actor {
  readonly type: 'user' | 'unauthenticated' | 'system';
  readonly id: string;
  /** How the service knows. `basic-unverified`: the name is what the client claims, no password was checked. */
  readonly authentication: 'unauthenticated' | 'basic-unverified' | 'system';
}

/** From where it was done, as far as known. */
export interface Client {
  readonly address: string;
  readonly userAgent: string | null;
}

/** The command that an Idempotency-Key stands for, kept with the event that answered it. */
export interface IdempotentRequest {
  /** Hash of the actor and the key, so that one client cannot take another's answer. */
  readonly key: string;
  /** Hash of the command: the same key with another command is a conflict. */
  readonly fingerprint: string;
}

/**
 * What stands beside the data of every event. `$correlationId` and `$causationId` are the names that
 * EventStoreDB's own tooling knows: all events of one command share the first; the second is the command's id.
 */
export interface EventMetadata {
  readonly schemaVersion: 1;
  readonly actor: Actor;
  readonly client: Client;
  readonly requestId: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  /** ISO 8601, UTC. When the log stored it is the log's own knowledge; the two differ for imports. */
  readonly happenedAt: string;
  /** Only on the last event of a command that came with an Idempotency-Key. */
  readonly idempotency?: IdempotentRequest;
  /**
   * Only on an event that was copied from another log: when the first log that had it recorded it. ISO 8601, UTC. The
   * log that has it now knows by its own clock when it was copied.
   */
  readonly firstRecordedAt?: string;
}

/** Reads metadata back from the log. */
export function decodeMetadata(metadata: JsonObject): EventMetadata {
  return metadata as unknown as EventMetadata;
}

/**
 * When the event was recorded for the first time, in whichever log that was; ISO 8601, UTC. Whoever shows when an event
 * was recorded shows this.
 */
export function firstRecordedAt({ metadata, recordedAt }: RecordedEvent): string {
  return decodeMetadata(metadata).firstRecordedAt ?? new Date(recordedAt).toISOString();
}
