import { createHash, randomUUID } from 'node:crypto';
import { RegistryError } from '../../domain/registry-error.js';
import type { IdempotentRequest } from '../history/event-metadata.js';
import type { Position } from '../ports/event-store.js';
import type { AnsweredRequest, IdempotencyRegister } from '../ports/idempotency-register.js';
import { uuidOfHash } from '../uuid-of-hash.js';
import type { CatchingUp } from './catching-up.js';
import type { CommandContext } from './command-context.js';
import { InTurn } from './in-turn.js';
import { OvertakenError } from './stream-mailbox.js';

/** A command as it comes over the command bus: plain fields and who asks. */
export interface ContextualCommand {
  readonly context: CommandContext;
}

/** A request with an Idempotency-Key that nothing in the log up to a position answers. */
export interface UnansweredRequest {
  readonly request: IdempotentRequest;
  readonly searchedUpTo: Position;
}

/**
 * The same Idempotency-Key with the same command gets the first answer. The key is kept in the metadata of the event
 * that answered it, so it is exactly as durable as the change itself.
 *
 * Keys of different actors do not meet. A refused command leaves no key behind: it changed nothing and may be tried
 * again.
 *
 * Another node may get the same request at the same time. Both decide it on the same stream: whoever comes second finds
 * events there that were written since it searched the log, or is refused by them, and searches again.
 */
export class Idempotency {
  readonly #inTurn = new InTurn();

  constructor(
    private readonly register: IdempotencyRegister,
    private readonly catchingUp: CatchingUp,
  ) {}

  /**
   * Executes a command unless it was answered before; then `recall` answers.
   *
   * @throws RegistryError RESOURCE_CONFLICT when the key was used with another command.
   */
  once<Answer>(
    command: ContextualCommand,
    execute: (request?: UnansweredRequest) => Promise<Answer>,
    recall: (answered: AnsweredRequest) => Promise<Answer>,
  ): Promise<Answer> {
    const request = idempotentRequest(command);
    if (request === undefined) return execute();
    return this.#inTurn.run(request.key, async () => {
      for (;;) {
        const searchedUpTo = await this.#catchUp();
        const answered = this.register.find(request.key);
        if (answered === undefined) {
          try {
            return await execute({ request, searchedUpTo });
          } catch (error) {
            if (!(await this.#mayHaveBeenAnswered(request.key, error))) throw error;
          }
        } else if (answered.fingerprint === request.fingerprint) return recall(answered);
        else throw keyUsedOtherwise(command.context.idempotencyKey);
      }
    });
  }

  async #mayHaveBeenAnswered(key: string, error: unknown): Promise<boolean> {
    if (error instanceof OvertakenError) return true;
    if (!(error instanceof RegistryError)) return false;
    await this.#catchUp();
    return this.register.find(key) !== undefined;
  }

  /** Waits until everything that was recorded before this call is known, and answers up to where that is. */
  async #catchUp(): Promise<Position> {
    const head = await this.catchingUp.toTheHead();
    if (head !== undefined) return head;
    throw new RegistryError(
      'TEMPORARILY_UNAVAILABLE',
      'The read model is behind the log, so it is not known whether this Idempotency-Key was used. Try again.',
    );
  }
}

/** The key stands for another request already. */
export function keyUsedOtherwise(key: string | undefined): RegistryError {
  return new RegistryError(
    'RESOURCE_CONFLICT',
    `The Idempotency-Key '${key}' was used with another request before.`,
  );
}

function idempotentRequest(command: ContextualCommand): IdempotentRequest | undefined {
  const { context, ...fields } = command;
  if (context.idempotencyKey === undefined) return undefined;
  return {
    key: keyOf(context, context.idempotencyKey),
    fingerprint: hash(command.constructor.name, fields),
  };
}

/** Hash of the actor and the key: keys of different actors do not meet. */
function keyOf({ actor }: CommandContext, idempotencyKey: string): string {
  return hash(actor.type, actor.id, idempotencyKey);
}

/**
 * An id for what a command creates, a UUID. For the same actor and Idempotency-Key it is the same on every node: so two
 * nodes that get one request at the same time decide it on one stream, and one of them finds that it came second.
 */
export function newId({ context }: ContextualCommand): string {
  if (context.idempotencyKey === undefined) return randomUUID();
  return uuidOfHash(keyOf(context, context.idempotencyKey));
}

function hash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
