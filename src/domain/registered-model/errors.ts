import { RegistryError } from '../registry-error.js';
import type { Stage } from './stage.js';

/** MLflow's words for a model that is not there. */
export function modelNotFound(name: string): RegistryError {
  return new RegistryError('RESOURCE_DOES_NOT_EXIST', `Registered Model with name=${name} not found`);
}

/** The same for a model that is asked for by its id. */
export function modelIdNotFound(modelId: string): RegistryError {
  return new RegistryError('RESOURCE_DOES_NOT_EXIST', `Registered Model with id=${modelId} not found`);
}

/** MLflow's words for a version that is not there, or whose model is not. */
export function versionNotFound(name: string, version: number): RegistryError {
  return new RegistryError(
    'RESOURCE_DOES_NOT_EXIST',
    `Model Version (name=${name}, version=${version}) not found`,
  );
}

/** Only what is deleted can be restored. */
export function modelNotDeleted(name: string): RegistryError {
  return new RegistryError('RESOURCE_CONFLICT', `Registered Model (name=${name}) is not deleted.`);
}

/** Only what is deleted can be restored. */
export function versionNotDeleted(name: string, version: number): RegistryError {
  return new RegistryError(
    'RESOURCE_CONFLICT',
    `Model Version (name=${name}, version=${version}) is not deleted.`,
  );
}

/** There is nothing to go back to: `since` is what was moved to the stage first, or nothing ever was. */
export function noPreviousOccupant(name: string, stage: Stage, since: number | undefined): RegistryError {
  return new RegistryError(
    'RESOURCE_CONFLICT',
    since === undefined
      ? `Registered Model (name=${name}) never had a version in ${stage}.`
      : `Registered Model (name=${name}) had no version in ${stage} before version ${since}.`,
  );
}

/** What could be gone back to is not there any more. Restored, it can be. */
export function everyPreviousOccupantDeleted(name: string, stage: Stage): RegistryError {
  return new RegistryError(
    'RESOURCE_CONFLICT',
    `Every version that Registered Model (name=${name}) had in ${stage} before is deleted.`,
  );
}

/** A live model has this name. */
export class ModelNameTakenError extends RegistryError {
  constructor(
    readonly modelName: string,
    readonly holderIsPrompt: boolean,
  ) {
    super('RESOURCE_ALREADY_EXISTS', `Registered Model (name=${modelName}) already exists.`);
  }

  /** The same refusal in the words that MLflow has for the creation of a model or of a prompt. */
  forNew(kind: 'registered model' | 'prompt'): RegistryError {
    const holder = this.holderIsPrompt ? 'prompt' : 'registered model';
    if (kind !== holder) {
      return new RegistryError(
        this.code,
        `Tried to create a ${kind} with name '${this.modelName}', but the name is already taken by a ${holder}. ` +
          'MLflow does not allow creating a model and a prompt with the same name.',
      );
    }
    return kind === 'prompt'
      ? new RegistryError(this.code, `Prompt (name=${this.modelName}) already exists.`)
      : this;
  }
}

/** A name claim was forfeited or used up before the command that wanted it was decided: claim the name again. */
export class NameClaimClosedError extends Error {
  override readonly name = 'NameClaimClosedError';

  constructor(readonly claimId: string) {
    super(`The name claim ${claimId} cannot be used any more`);
  }
}
