import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { RegisteredModelCommand, CommandOf } from '../../domain/registered-model/commands.js';
import { decide } from '../../domain/registered-model/decide.js';
import { NameClaimClosedError, modelNotFound } from '../../domain/registered-model/errors.js';
import { liveModelNamed, unregistered } from '../../domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { RegistryError } from '../../domain/registry-error.js';
import { Clock } from '../ports/clock.js';
import { LogUnavailableError } from '../ports/event-store.js';
import type { AnsweredRequest } from '../ports/idempotency-register.js';
import type { CatchingUp } from './catching-up.js';
import { Envelope } from './envelope.js';
import { Idempotency } from './idempotency.js';
import type { ContextualCommand, UnansweredRequest } from './idempotency.js';
import { InTurn } from './in-turn.js';
import { ModelDirectory } from './model-directory.js';
import { NameClaims } from './name-claims.js';
import { RegisteredModels } from './registered-models.js';
import type { DecidedModel, Timeless } from './registered-models.js';
import { OvertakenError } from './stream-mailbox.js';

/** How a command is answered: from the model as it was right after it. */
type Answer<Result> = (model: RegisteredModel) => Result;

/** A command on the model that carries `name`; everything but registering and renaming, which also move names. */
type OnModel = Timeless<
  Exclude<RegisteredModelCommand, { type: 'RegisterModel' | 'RenameModel' | 'ForfeitNameClaim' }>
>;

/**
 * Brings commands to the models they mean, by name, and resolves when the change is on disk and this node's read model
 * shows it, so that clients read their own writes. A refusal, too, is told when what it rests on can be read, even if
 * another node wrote it.
 */
export class ModelCommands {
  readonly #inTurn = new InTurn();
  readonly #log = new Logger('names');

  constructor(
    private readonly models: RegisteredModels,
    private readonly claims: NameClaims,
    private readonly directory: ModelDirectory,
    private readonly idempotency: Idempotency,
    private readonly catchingUp: CatchingUp,
    private readonly clock: Clock,
  ) {}

  /**
   * Executes a command on an existing model.
   *
   * @param build makes the domain command; not called for a repeated Idempotency-Key
   * @throws RegistryError when a rule refuses the command.
   */
  execute<Result>(
    command: ContextualCommand,
    build: () => OnModel | Promise<OnModel>,
    answer: Answer<Result>,
  ): Promise<Result> {
    return this.#once(command, answer, async (envelope, unanswered) => {
      const request = await build();
      const decided = await this.#onNamed(request, envelope, unanswered);
      if (request.type === 'DeleteModel') await this.#releaseName(request.name, decided.state, envelope);
      return decided;
    });
  }

  /** Registers a model under a name that no live model has. Answers as {@link execute} does. */
  register<Result>(
    command: ContextualCommand,
    request: Omit<CommandOf<'RegisterModel'>, 'type' | 'at' | 'claimId'>,
    answer: Answer<Result>,
  ): Promise<Result> {
    const { name } = request;
    const modelId = randomUUID();
    return this.#once(command, answer, (envelope, unanswered) =>
      this.#underClaim(name, modelId, envelope, (claimId) =>
        this.models.decide(modelId, { type: 'RegisterModel', ...request, claimId }, envelope, unanswered),
      ),
    );
  }

  /** Gives a model another name. Answers as {@link execute} does. */
  rename<Result>(
    command: ContextualCommand,
    request: Omit<CommandOf<'RenameModel'>, 'type' | 'at' | 'claimId'>,
    answer: Answer<Result>,
  ): Promise<Result> {
    const { name, newName } = request;
    return this.#once(command, answer, async (envelope, unanswered) => {
      const modelId = await this.directory.lookUp(name);
      if (modelId === undefined) throw modelNotFound(name);
      const take = (claimId: string | null) =>
        this.models.decide(modelId, { type: 'RenameModel', ...request, claimId }, envelope, unanswered);
      if (newName === name) return take(null);
      const decided = await this.#underClaim(newName, modelId, envelope, take, async () => {
        if (!liveModelNamed(await this.models.current(modelId), name)) throw modelNotFound(name);
      });
      await this.#releaseName(name, decided.state, envelope);
      return decided;
    });
  }

  async #once<Result>(
    command: ContextualCommand,
    answer: Answer<Result>,
    decideIt: (envelope: Envelope, unanswered?: UnansweredRequest) => Promise<DecidedModel>,
  ): Promise<Result> {
    const execute = async (unanswered?: UnansweredRequest) => {
      const decided = await decideIt(new Envelope(command.context, this.clock.now()), unanswered);
      await this.catchingUp.to(decided.position);
      return decided.state;
    };
    const recall = ({ stream, revision }: AnsweredRequest) => this.models.asOf(stream, revision);
    try {
      return answer(await this.idempotency.once(command, execute, recall));
    } catch (error) {
      if (isRefusal(error)) await this.catchingUp.ifPossible();
      throw error;
    }
  }

  async #onNamed(
    request: OnModel,
    envelope: Envelope,
    unanswered: UnansweredRequest | undefined,
  ): Promise<DecidedModel> {
    const modelId = await this.directory.find(request.name);
    if (modelId === undefined) return refused(request);
    try {
      return await this.models.decide(modelId, request, envelope, unanswered);
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
      const newer = await this.directory.lookUp(request.name);
      if (newer === undefined || newer === modelId) throw error;
      return this.models.decide(newer, request, envelope, unanswered);
    }
  }

  /** Claims in this process queue up; only other nodes and the dead leave claims that have to be closed. */
  #underClaim(
    name: string,
    modelId: string,
    envelope: Envelope,
    take: (claimId: string) => Promise<DecidedModel>,
    stillWanted: () => Promise<void> = async () => undefined,
  ): Promise<DecidedModel> {
    return this.#inTurn.run(name, async () => {
      for (;;) {
        await stillWanted();
        const claimId = await this.claims.claim(name, modelId, envelope);
        try {
          return await take(claimId);
        } catch (error) {
          if (error instanceof NameClaimClosedError) continue;
          if (error instanceof RegistryError || error instanceof OvertakenError) {
            await this.#afterwards(name, () => this.claims.release(name, { modelId, claimId }, envelope));
          }
          throw error;
        }
      }
    });
  }

  /** The name that a model has just given up is free again. */
  async #releaseName(name: string, model: RegisteredModel, envelope: Envelope): Promise<void> {
    await this.#afterwards(name, async () => {
      const claim = await this.claims.holderOf(name);
      if (claim && model.closedClaims.has(claim.claimId)) await this.claims.release(name, claim, envelope);
    });
  }

  /** What had to be done is done already: if this fails, whoever wants the name next takes it over. */
  async #afterwards(name: string, release: () => Promise<void>): Promise<void> {
    try {
      await release();
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      this.#log.warn(`The name ${name} could not be released yet: ${error.message}`);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof RegistryError && error.code !== 'TEMPORARILY_UNAVAILABLE';
}

/** What a command comes to on a model that does not exist: always a refusal, in the words of the command. */
function refused(request: OnModel): never {
  decide(unregistered, { ...request, at: 0 });
  throw modelNotFound(request.name);
}
