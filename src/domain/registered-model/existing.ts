import { NameClaimClosedError, modelNotFound, versionNotFound } from './errors.js';
import type { ModelVersion } from './model-version.js';
import { liveModelNamed, liveVersion } from './registered-model.js';
import type { ModelContents, RegisteredModel } from './registered-model.js';

/** The live model of this name, or a refusal in MLflow's words. */
export function existing(model: RegisteredModel, name: string): ModelContents {
  const found = liveModelNamed(model, name);
  if (found === undefined) throw modelNotFound(name);
  return found;
}

/** The live version of the live model of this name, or a refusal in MLflow's words. */
export function existingVersion(
  model: RegisteredModel,
  { name, version }: { readonly name: string; readonly version: number },
): ModelVersion {
  const contents = liveModelNamed(model, name);
  const found = contents && liveVersion(contents, version);
  if (found === undefined) throw versionNotFound(name, version);
  return found;
}

/** @throws NameClaimClosedError when the model can take no name under this claim any more. */
export function refuseClosedClaim(model: RegisteredModel, claimId: string): void {
  if (model.closedClaims.has(claimId)) throw new NameClaimClosedError(claimId);
}
