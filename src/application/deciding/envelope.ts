import { randomUUID } from 'node:crypto';
import type { EventMetadata, IdempotentRequest } from '../history/event-metadata.js';
import type { CommandContext } from './command-context.js';

/** What is the same in the metadata of all events of one command. */
export class Envelope {
  readonly #metadata: EventMetadata;

  /** @param at when it happened, in milliseconds since the epoch */
  constructor(
    context: CommandContext,
    readonly at: number,
  ) {
    const { actor, client, requestId, correlationId } = context;
    this.#metadata = {
      schemaVersion: 1,
      actor,
      client,
      requestId,
      $correlationId: correlationId,
      $causationId: randomUUID(),
      happenedAt: new Date(at).toISOString(),
    };
  }

  /** Metadata of an event, which answers an idempotent request if one is given. */
  metadata(answered?: IdempotentRequest): EventMetadata {
    return answered ? { ...this.#metadata, idempotency: answered } : this.#metadata;
  }
}
