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
  const stage = stages.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (stage === undefined) {
    throw invalidParameter(
      `Invalid Model Version stage: ${text}. Value must be one of ${stages.join(', ')}.`,
    );
  }
  return stage;
}

/**
 * The target of a transition: a stage, which has to be an active one when the others in it are to be archived.
 *
 * MLflow answers the second case with a 500; here it is the client's mistake, with the same words (ADR 0006).
 */
export function parseTransitionTarget(text: string, archiveExistingVersions: boolean): Stage {
  const stage = parseStage(text);
  if (archiveExistingVersions && !isActive(stage)) {
    throw new RegistryError(
      'INVALID_PARAMETER_VALUE',
      `Model version transition cannot archive existing model versions because '${text}' is not an Active stage. ` +
        `Valid stages are ['Staging', 'Production']`,
    );
  }
  return stage;
}
