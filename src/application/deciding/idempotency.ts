import { createHash } from 'node:crypto';
import { RegistryError } from '../../domain/registry-error.js';
import type { IdempotentRequest } from '../history/event-metadata.js';
import type { EventStore } from '../ports/event-store.js';
import type { AnsweredRequest, IdempotencyRegister } from '../ports/idempotency-register.js';
import type { ReadModelProgress } from '../ports/read-model-progress.js';
import type { CommandContext } from './command-context.js';
import { InTurn } from './in-turn.js';

/** A command as it comes over the command bus: plain fields and who asks. */
export interface ContextualCommand {
  readonly context: CommandContext;
}

/**
 * The same Idempotency-Key with the same command gets the first answer. The key is kept in the metadata of the event
 * that answered it, so it is exactly as durable as the change itself.
 *
 * Keys of different actors do not meet. A refused command leaves no key behind: it changed nothing and may be tried
 * again.
 */
export class Idempotency {
  readonly #inTurn = new InTurn();

  constructor(
    private readonly store: EventStore,
    private readonly register: IdempotencyRegister,
    private readonly progress: ReadModelProgress,
  ) {}

  /**
   * Executes a command unless it was answered before; then `recall` answers.
   *
   * @throws RegistryError RESOURCE_CONFLICT when the key was used with another command.
   */
  once<Answer>(
    command: ContextualCommand,
    execute: (request?: IdempotentRequest) => Promise<Answer>,
    recall: (answered: AnsweredRequest) => Promise<Answer>,
  ): Promise<Answer> {
    const request = idempotentRequest(command);
    if (request === undefined) return execute();
    return this.#inTurn.run(request.key, async () => {
      const answered = await this.#find(request.key);
      if (answered === undefined) return execute(request);
      if (answered.fingerprint === request.fingerprint) return recall(answered);
      throw new RegistryError(
        'RESOURCE_CONFLICT',
        `The Idempotency-Key '${command.context.idempotencyKey}' was used with another request before.`,
      );
    });
  }

  /** Looks only when everything that was recorded before this command is known. */
  async #find(key: string): Promise<AnsweredRequest | undefined> {
    if (!(await this.progress.reached(await this.store.head()))) {
      throw new RegistryError(
        'TEMPORARILY_UNAVAILABLE',
        'The read model is behind the log, so it is not known whether this Idempotency-Key was used. Try again.',
      );
    }
    return this.register.find(key);
  }
}

function idempotentRequest(command: ContextualCommand): IdempotentRequest | undefined {
  const { context, ...fields } = command;
  if (context.idempotencyKey === undefined) return undefined;
  return {
    key: hash(context.actor.type, context.actor.id, context.idempotencyKey),
    fingerprint: hash(command.constructor.name, fields),
  };
}

function hash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
