import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { Actor, Client } from '../history/event-metadata.js';
import type { Revision } from '../ports/event-store.js';

/** Who asks, from where, and in which request: ends up in the metadata of every event of the command. */
export interface CommandContext {
  readonly actor: Actor;
  readonly client: Client;
  readonly requestId: string;
  /** Ties together what belongs together over several requests, if the client says so; else the request id. */
  readonly correlationId: string;
  /** The same key with the same command gets the first answer. */
  readonly idempotencyKey?: string;
  /**
   * The command is refused with a ModelChangedError unless the model's stream ends here: the client has seen everything
   * that led to what it asks for.
   */
  readonly expectedRevision?: Revision;
  /** The model whose revision that is: a name may have passed to another one since. */
  readonly expectedModelId?: string;
  /** The command is decided on the newest state and nothing is recorded; see CommandPlanner. */
  readonly dryRun?: boolean;
  /** Told what the command came to, before it is answered. Not called when it is refused. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What a command came to, or would come to if it were no dry run. */
export interface Outcome {
  readonly modelId: string;
  /** Of the model's stream after the command, or on which a dry run was decided; undefined for a model to be. */
  readonly revision: Revision | undefined;
  /** In order. Undefined when the command is an earlier one, repeated with its Idempotency-Key. */
  readonly events?: readonly RegisteredModelEvent[];
}
