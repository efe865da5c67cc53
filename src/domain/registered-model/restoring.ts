import type { CommandOf } from './commands.js';
import { modelNotDeleted, modelNotFound, versionNotDeleted, versionNotFound } from './errors.js';
import type { RegisteredModelEvent } from './events.js';
import { refuseClosedClaim } from './existing.js';
import { liveModelNamed } from './registered-model.js';
import type { RegisteredModel } from './registered-model.js';
import { isActive } from './stage.js';

/** All comes back as it was, what is in Production included: the deletion hid it as a whole. */
export function restoreModel(
  model: RegisteredModel,
  { name, claimId, at }: CommandOf<'RestoreModel'>,
): readonly RegisteredModelEvent[] {
  if (model.status === 'live') throw modelNotDeleted(model.name);
  if (model.status === 'unregistered' || model.name !== name) throw modelNotFound(name);
  refuseClosedClaim(model, claimId);
  return [{ type: 'ModelRestored', data: { name, claimId }, at }];
}

/** Nobody has decided that the version serves again, so that it does not come back to a stage in which it would. */
export function restoreVersion(
  model: RegisteredModel,
  { name, version: number, at }: CommandOf<'RestoreVersion'>,
): readonly RegisteredModelEvent[] {
  const version = liveModelNamed(model, name)?.versions.get(number);
  if (version === undefined) throw versionNotFound(name, number);
  if (!version.deleted) throw versionNotDeleted(name, number);
  const stage = isActive(version.stage) ? 'Archived' : version.stage;
  return [{ type: 'VersionRestored', data: { version: number, stage }, at }];
}
