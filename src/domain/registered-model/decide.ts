import { assertNever } from '../decider.js';
import { ModelNameTakenError, NameClaimClosedError, modelNotFound, versionNotFound } from './errors.js';
import type { CommandOf, RegisteredModelCommand } from './commands.js';
import type { RegisteredModelEvent } from './events.js';
import { isPrompt } from './prompt.js';
import { aliasesOf, liveModelNamed, liveVersion } from './registered-model.js';
import type { ModelVersion } from './model-version.js';
import type { ModelContents, RegisteredModel } from './registered-model.js';

/**
 * What a command brings about, in MLflow's semantics (registry contract, part 2). No events: it changes nothing.
 *
 * @throws RegistryError when a rule refuses it.
 * @throws NameClaimClosedError when the name claim in the command cannot be used any more.
 */
export function decide(
  model: RegisteredModel,
  command: RegisteredModelCommand,
): readonly RegisteredModelEvent[] {
  const { at } = command;
  switch (command.type) {
    case 'RegisterModel':
      return register(model, command);
    case 'ForfeitNameClaim':
      return forfeit(model, command);
    case 'RenameModel':
      return rename(model, command);
    case 'DescribeModel':
      existing(model, command.name);
      return [{ type: 'ModelDescribed', data: { description: command.description }, at }];
    case 'DeleteModel':
      return [{ type: 'ModelDeleted', data: { name: existing(model, command.name).name }, at }];
    case 'CreateVersion':
      return createVersion(existing(model, command.name), command);
    case 'DescribeVersion': {
      const { version } = existingVersion(model, command);
      return [{ type: 'VersionDescribed', data: { version, description: command.description }, at }];
    }
    case 'ChangeVersionStatus': {
      const { version } = existingVersion(model, command);
      const { status, message } = command;
      return [{ type: 'VersionStatusChanged', data: { version, status, message }, at }];
    }
    case 'DeleteVersion':
      return deleteVersion(model, command);
    case 'TransitionStage':
      return transition(model, command);
    case 'SetTag': {
      const { key, value, version } = command;
      if (tagsOf(model, command).get(key) === value) return [];
      return [{ type: 'TagSet', data: { version, key, value }, at }];
    }
    case 'DeleteTag': {
      const { key, version } = command;
      return tagsOf(model, command).has(key) ? [{ type: 'TagDeleted', data: { version, key }, at }] : [];
    }
    case 'SetAlias':
      return setAlias(model, command);
    case 'DeleteAlias': {
      const { alias } = command;
      const version = existing(model, command.name).aliases.get(alias);
      return version === undefined ? [] : [{ type: 'AliasDeleted', data: { alias, version }, at }];
    }
    default:
      return assertNever(command);
  }
}

function existing(model: RegisteredModel, name: string): ModelContents {
  const found = liveModelNamed(model, name);
  if (found === undefined) throw modelNotFound(name);
  return found;
}

function existingVersion(
  model: RegisteredModel,
  { name, version }: { readonly name: string; readonly version: number },
): ModelVersion {
  const contents = liveModelNamed(model, name);
  const found = contents && liveVersion(contents, version);
  if (found === undefined) throw versionNotFound(name, version);
  return found;
}

function tagsOf(model: RegisteredModel, { name, version }: CommandOf<'SetTag' | 'DeleteTag'>) {
  return version === null ? existing(model, name).tags : existingVersion(model, { name, version }).tags;
}

function refuseClosedClaim(model: RegisteredModel, claimId: string): void {
  if (model.closedClaims.has(claimId)) throw new NameClaimClosedError(claimId);
}

function register(
  model: RegisteredModel,
  command: CommandOf<'RegisterModel'>,
): readonly RegisteredModelEvent[] {
  const { name, claimId, description, tags, at } = command;
  refuseClosedClaim(model, claimId);
  if (model.status !== 'unregistered')
    throw new Error(`The stream of ${name} holds a registered model already`);
  return [{ type: 'ModelRegistered', data: { name, claimId, description, tags }, at }];
}

function forfeit(
  model: RegisteredModel,
  command: CommandOf<'ForfeitNameClaim'>,
): readonly RegisteredModelEvent[] {
  const { name, claimId, at } = command;
  const holder = liveModelNamed(model, name);
  if (holder) throw new ModelNameTakenError(name, isPrompt(holder.tags));
  if (model.closedClaims.has(claimId)) return [];
  return [{ type: 'NameClaimForfeited', data: { name, claimId }, at }];
}

function rename(model: RegisteredModel, command: CommandOf<'RenameModel'>): readonly RegisteredModelEvent[] {
  const { name, newName, claimId, at } = command;
  existing(model, name);
  if (claimId !== null) refuseClosedClaim(model, claimId);
  else if (newName !== name) throw new Error(`${name} cannot become ${newName} without a claim to that name`);
  return [{ type: 'ModelRenamed', data: { from: name, to: newName, claimId }, at }];
}

function createVersion(
  model: ModelContents,
  command: CommandOf<'CreateVersion'>,
): readonly RegisteredModelEvent[] {
  const { source, storageLocation, runId, runLink, loggedModelId, description, tags, at } = command;
  const version = model.versions.highestNumber + 1;
  const data = { version, source, storageLocation, runId, runLink, loggedModelId, description, tags };
  return [{ type: 'VersionCreated', data, at }];
}

/** Aliases go with the version: one that points nowhere would answer every client with an error. */
function deleteVersion(
  model: RegisteredModel,
  command: CommandOf<'DeleteVersion'>,
): readonly RegisteredModelEvent[] {
  const { name, at } = command;
  const { version } = existingVersion(model, command);
  return [
    ...aliasesOf(existing(model, name), version).map((alias): RegisteredModelEvent => ({
      type: 'AliasDeleted',
      data: { alias, version },
      at,
    })),
    { type: 'VersionDeleted', data: { version }, at },
  ];
}

/** A move to the stage that the version already has is allowed, as MLflow allows it, and on record. */
function transition(
  model: RegisteredModel,
  command: CommandOf<'TransitionStage'>,
): readonly RegisteredModelEvent[] {
  const { stage, archiveExistingVersions, comment, at } = command;
  const moved = existingVersion(model, command);
  const events: RegisteredModelEvent[] = [];
  if (archiveExistingVersions) {
    for (const { version, stage: from, deleted } of existing(model, command.name).versions) {
      if (deleted || from !== stage || version === moved.version) continue;
      const data = { version, from, to: 'Archived', comment: null, inFavourOf: moved.version } as const;
      events.push({ type: 'StageTransitioned', data, at });
    }
  }
  const data = { version: moved.version, from: moved.stage, to: stage, comment, inFavourOf: null };
  events.push({ type: 'StageTransitioned', data, at });
  return events;
}

function setAlias(model: RegisteredModel, command: CommandOf<'SetAlias'>): readonly RegisteredModelEvent[] {
  const { alias, at } = command;
  const { version } = existingVersion(model, command);
  const from = existing(model, command.name).aliases.get(alias) ?? null;
  return from === version ? [] : [{ type: 'AliasSet', data: { alias, version, from }, at }];
}
