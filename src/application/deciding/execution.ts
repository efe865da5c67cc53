import type { RegisteredModelCommand } from '../../domain/registered-model/commands.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import type { Envelope } from './envelope.js';
import type { NameClaims } from './name-claims.js';
import type { NameTaking } from './name-taking.js';
import type { Conditions, DecidedModel, RegisteredModels, Timeless } from './registered-models.js';

/** How the steps of one command are taken: for good, or only to see where they would lead. */
export interface Execution {
  decide(modelId: string, command: Timeless<RegisteredModelCommand>): Promise<DecidedModel>;

  /** Does what takes a name, under a claim to it. See {@link NameTaking.underClaim}. */
  underClaim(
    name: string,
    modelId: string,
    take: (claimId: string) => Promise<DecidedModel>,
    stillWanted?: () => Promise<void>,
  ): Promise<DecidedModel>;

  /** Frees the name that a model has just given up. */
  release(name: string, model: RegisteredModel): Promise<void>;
}

/** What is decided is recorded. */
export class Recording implements Execution {
  constructor(
    private readonly models: RegisteredModels,
    private readonly names: NameTaking,
    private readonly envelope: Envelope,
    private readonly conditions: Conditions,
  ) {}

  decide(modelId: string, command: Timeless<RegisteredModelCommand>): Promise<DecidedModel> {
    return this.models.decide(modelId, command, this.envelope, this.conditions);
  }

  underClaim(
    name: string,
    modelId: string,
    take: (claimId: string) => Promise<DecidedModel>,
    stillWanted: () => Promise<void> = always,
  ): Promise<DecidedModel> {
    return this.names.underClaim(name, modelId, this.envelope, take, stillWanted);
  }

  release(name: string, model: RegisteredModel): Promise<void> {
    return this.names.release(name, model, this.envelope);
  }
}

/** Stands where the id of a claim would be, which is made only when there is one. */
const notClaimed = 'not claimed';

/** Nothing is recorded, and names are only looked up. */
export class Rehearsal implements Execution {
  constructor(
    private readonly models: RegisteredModels,
    private readonly claims: NameClaims,
    private readonly at: number,
    private readonly conditions: Conditions,
  ) {}

  decide(modelId: string, command: Timeless<RegisteredModelCommand>): Promise<DecidedModel> {
    return this.models.rehearse(modelId, command, this.at, this.conditions);
  }

  async underClaim(
    name: string,
    _modelId: string,
    take: (claimId: string) => Promise<DecidedModel>,
    stillWanted: () => Promise<void> = always,
  ): Promise<DecidedModel> {
    await stillWanted();
    await this.claims.refuseTaken(name);
    return take(notClaimed);
  }

  async release(): Promise<void> {}
}

async function always(): Promise<void> {}
