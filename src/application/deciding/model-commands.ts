import { randomUUID } from 'node:crypto';
import type { RegisteredModelCommand, CommandOf } from '../../domain/registered-model/commands.js';
import { decide } from '../../domain/registered-model/decide.js';
import { modelIdNotFound, modelNotFound } from '../../domain/registered-model/errors.js';
import { liveModelNamed, unregistered } from '../../domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { RegistryError } from '../../domain/registry-error.js';
import { modelIdOf } from '../history/registered-model-codec.js';
import type { Clock } from '../ports/clock.js';
import type { AnsweredRequest } from '../ports/idempotency-register.js';
import type { CatchingUp } from './catching-up.js';
import type { CommandContext } from './command-context.js';
import { Envelope } from './envelope.js';
import { Recording, Rehearsal } from './execution.js';
import type { Execution } from './execution.js';
import type { Idempotency, ContextualCommand, UnansweredRequest } from './idempotency.js';
import type { ModelDirectory } from './model-directory.js';
import type { NameClaims } from './name-claims.js';
import { NameTaking } from './name-taking.js';
import type { CommandOnModel, RefusedCommands } from './refused-commands.js';
import type { DecidedModel, RegisteredModels, Timeless } from './registered-models.js';

/** How a command is answered: from the model as it was right after it. */
type Answer<Result> = (model: RegisteredModel) => Result;

/** A command on the model that carries `name`; everything but those that also take names. */
type OnModel = Timeless<
  Exclude<
    RegisteredModelCommand,
    { type: 'RegisterModel' | 'RenameModel' | 'RestoreModel' | 'ForfeitNameClaim' }
  >
>;

/**
 * Brings commands to the models they mean, by name, and resolves when the change is on disk and this node's read model
 * shows it, so that clients read their own writes. A refusal, too, is told when what it rests on can be read, even if
 * another node wrote it.
 *
 * A command in whose context `dryRun` is set takes the same way, records nothing and is answered as it would be.
 */
export class ModelCommands {
  readonly #names: NameTaking;
  #underWay = 0;

  constructor(
    private readonly models: RegisteredModels,
    private readonly claims: NameClaims,
    private readonly directory: ModelDirectory,
    private readonly idempotency: Idempotency,
    private readonly refused: RefusedCommands,
    private readonly catchingUp: CatchingUp,
    private readonly clock: Clock,
  ) {
    this.#names = new NameTaking(claims);
  }

  /** How many commands are being executed: clients wait for them. */
  get underWay(): number {
    return this.#underWay;
  }

  /**
   * Executes a command on an existing model.
   *
   * @param build makes the domain command; not called for a repeated Idempotency-Key
   * @throws RegistryError when a rule refuses the command.
   */
  execute<Result>(
    command: CommandOnModel,
    build: () => OnModel | Promise<OnModel>,
    answer: Answer<Result>,
  ): Promise<Result> {
    return this.#onExisting(command, answer, async (execution) => {
      const request = await build();
      const decided = await this.#onNamed(request, execution);
      if (request.type === 'DeleteModel') await execution.release(request.name, decided.state);
      return decided;
    });
  }

  /** Registers a model under a name that no live model has. Answers as {@link execute} does. */
  register<Result>(
    command: ContextualCommand,
    request: Omit<CommandOf<'RegisterModel'>, 'type' | 'at' | 'claimId'>,
    answer: Answer<Result>,
  ): Promise<Result> {
    const modelId = randomUUID();
    return this.#once(command, answer, (execution) =>
      execution.underClaim(request.name, modelId, (claimId) =>
        execution.decide(modelId, { type: 'RegisterModel', ...request, claimId }),
      ),
    );
  }

  /** Gives a model another name. Answers as {@link execute} does. */
  rename<Result>(
    command: CommandOnModel,
    request: Omit<CommandOf<'RenameModel'>, 'type' | 'at' | 'claimId'>,
    answer: Answer<Result>,
  ): Promise<Result> {
    const { name, newName } = request;
    return this.#onExisting(command, answer, async (execution) => {
      const modelId = await this.directory.lookUp(name);
      if (modelId === undefined) throw modelNotFound(name);
      const take = (claimId: string | null) =>
        execution.decide(modelId, { type: 'RenameModel', ...request, claimId });
      if (newName === name) return take(null);
      const decided = await execution.underClaim(newName, modelId, take, async () => {
        if (!liveModelNamed(await this.models.current(modelId), name)) throw modelNotFound(name);
      });
      await execution.release(name, decided.state);
      return decided;
    });
  }

  /** Brings a deleted model back, if its name is still to be had. Answers as {@link execute} does. */
  restore<Result>(
    command: CommandOnModel & { readonly modelId: string },
    answer: Answer<Result>,
  ): Promise<Result> {
    const { modelId } = command;
    return this.#onExisting(command, answer, async (execution) => {
      const name = await this.#nameToRestore(modelId);
      const take = (claimId: string) => execution.decide(modelId, { type: 'RestoreModel', name, claimId });
      return execution.underClaim(name, modelId, take, async () => {
        await this.#nameToRestore(modelId);
      });
    });
  }

  /** Under which name a model was deleted. Asked before the name is claimed, so that no claim is made in vain. */
  async #nameToRestore(modelId: string): Promise<string> {
    const model = await this.models.current(modelId);
    if (model.status === 'unregistered') throw modelIdNotFound(modelId);
    const { name } = model;
    decide(model, { type: 'RestoreModel', name, claimId: '', at: 0 });
    return name;
  }

  /** What is refused on an existing model may be worth a record. */
  async #onExisting<Result>(
    command: CommandOnModel,
    answer: Answer<Result>,
    carryOut: (execution: Execution) => Promise<DecidedModel>,
  ): Promise<Result> {
    try {
      return await this.#once(command, answer, carryOut);
    } catch (error) {
      if (command.context.dryRun !== true) await this.refused.note(command, error);
      throw error;
    }
  }

  async #once<Result>(
    command: ContextualCommand,
    answer: Answer<Result>,
    carryOut: (execution: Execution) => Promise<DecidedModel>,
  ): Promise<Result> {
    const { context } = command;
    if (context.dryRun === true) return answer(await this.#rehearsed(context, carryOut));
    const execute = async (unanswered?: UnansweredRequest) => {
      const envelope = new Envelope(context, this.clock.now());
      const { expectedRevision, expectedModelId } = context;
      const conditions = { unanswered, expectedRevision, expectedModelId };
      const decided = await carryOut(new Recording(this.models, this.#names, envelope, conditions));
      await this.catchingUp.to(decided.position);
      context.onOutcome?.(decided);
      return decided.state;
    };
    const recall = ({ stream, revision }: AnsweredRequest) => {
      context.onOutcome?.({ modelId: modelIdOf(stream), revision });
      return this.models.asOf(stream, revision);
    };
    this.#underWay += 1;
    try {
      return answer(await this.idempotency.once(command, execute, recall));
    } catch (error) {
      if (isRefusal(error)) await this.catchingUp.ifPossible();
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  async #rehearsed(
    context: CommandContext,
    carryOut: (execution: Execution) => Promise<DecidedModel>,
  ): Promise<RegisteredModel> {
    const decided = await carryOut(new Rehearsal(this.models, this.claims, this.clock.now(), context));
    context.onOutcome?.(decided);
    return decided.state;
  }

  async #onNamed(request: OnModel, execution: Execution): Promise<DecidedModel> {
    const modelId = await this.directory.find(request.name);
    if (modelId === undefined) return refused(request);
    try {
      return await execution.decide(modelId, request);
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
      const newer = await this.directory.lookUp(request.name);
      if (newer === undefined || newer === modelId) throw error;
      return execution.decide(newer, request);
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
