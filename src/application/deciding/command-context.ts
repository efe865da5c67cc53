import type { Actor, Client } from '../history/event-metadata.js';

/** Who asks, from where, and in which request: ends up in the metadata of every event of the command. */
export interface CommandContext {
  readonly actor: Actor;
  readonly client: Client;
  readonly requestId: string;
  /** Ties together what belongs together over several requests, if the client says so; else the request id. */
  readonly correlationId: string;
  /** The same key with the same command gets the first answer. */
  readonly idempotencyKey?: string;
}
