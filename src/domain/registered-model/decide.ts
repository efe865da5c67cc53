import { assertNever } from '../decider.js';
import { ModelNameTakenError } from './errors.js';
import type { CommandOf, RegisteredModelCommand } from './commands.js';
import type { RegisteredModelEvent } from './events.js';
import { existing, existingVersion, refuseClosedClaim } from './existing.js';
import { isPrompt } from './prompt.js';
import { aliasesOf, liveModelNamed } from './registered-model.js';
import { restoreModel, restoreVersion } from './restoring.js';
import { rollBack, transition } from './transitions.js';
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
    case 'RestoreModel':
      return restoreModel(model, command);
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
    case 'RestoreVersion':
      return restoreVersion(model, command);
    case 'RollBack':
      return rollBack(model, command);
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

function tagsOf(model: RegisteredModel, { name, version }: CommandOf<'SetTag' | 'DeleteTag'>) {
  return version === null ? existing(model, name).tags : existingVersion(model, { name, version }).tags;
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

function setAlias(model: RegisteredModel, command: CommandOf<'SetAlias'>): readonly RegisteredModelEvent[] {
  const { alias, at } = command;
  const { version } = existingVersion(model, command);
  const from = existing(model, command.name).aliases.get(alias) ?? null;
  return from === version ? [] : [{ type: 'AliasSet', data: { alias, version, from }, at }];
}
