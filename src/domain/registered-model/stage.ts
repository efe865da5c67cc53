import { RegistryError, invalidParameter } from '../registry-error.js';

/** MLflow's four lifecycle stages, in its order. */
export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;

export type Stage = (typeof stages)[number];

/** The stages in which a version is in use, and out of which a transition may archive the others. */
export const activeStages = ['Staging', 'Production'] as const;

export type ActiveStage = (typeof activeStages)[number];

export function isActive(stage: Stage): stage is ActiveStage {
  return activeStages.some((active) => active === stage);
}

/**
 * The stage that a text names, in any letter case.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words, for any other text.
 */
export function parseStage(text: string): Stage {
  const stage = stageNamed(text);
  if (stage === undefined) throw invalidParameter(notAStage(text));
  return stage;
}

/** A version cannot be moved there: there is no such stage, or not one in which others can be archived. */
export class InvalidStageMoveError extends RegistryError {
  constructor(message: string) {
    super('INVALID_PARAMETER_VALUE', message);
  }
}

/**
 * The target of a transition: a stage, which has to be an active one when the others in it are to be archived.
 *
 * MLflow answers the second case with a 500; here it is the client's mistake, with the same words (ADR 0006).
 *
 * @throws InvalidStageMoveError
 */
export function parseTransitionTarget(text: string, archiveExistingVersions: boolean): Stage {
  const stage = stageNamed(text);
  if (stage === undefined) throw new InvalidStageMoveError(notAStage(text));
  if (archiveExistingVersions && !isActive(stage)) {
    throw new InvalidStageMoveError(
      `Model version transition cannot archive existing model versions because '${text}' is not an Active stage. ` +
        `Valid stages are ['Staging', 'Production']`,
    );
  }
  return stage;
}

/**
 * The stage that is to be rolled back, which has to be an active one.
 *
 * @throws InvalidStageMoveError
 */
export function parseStageToRollBack(text: string): ActiveStage {
  const stage = stageNamed(text);
  if (stage === undefined) throw new InvalidStageMoveError(notAStage(text));
  if (isActive(stage)) return stage;
  throw new InvalidStageMoveError(
    `${stage} cannot be rolled back: it is not an Active stage. Valid stages are ['Staging', 'Production']`,
  );
}

function stageNamed(text: string): Stage | undefined {
  return stages.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
}

function notAStage(text: string): string {
  return `Invalid Model Version stage: ${text}. Value must be one of ${stages.join(', ')}.`;
}
