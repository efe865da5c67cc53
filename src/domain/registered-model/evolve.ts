import { assertNever } from '../decider.js';
import type { EventOf, RegisteredModelEvent, Tag } from './events.js';
import type { ModelVersion } from './model-version.js';
import { entered, noOccupants } from './occupants.js';
import type { ModelContents, RegisteredModel } from './registered-model.js';
import { Versions } from './versions.js';

/**
 * Takes a recorded event into the state of its model. Which event bumps which "last updated" is MLflow's rule
 * (registry contract, timestamp summary): tags and aliases bump none, a rename bumps every version.
 */
export function evolve(model: RegisteredModel, event: RegisteredModelEvent): RegisteredModel {
  if (event.type === 'ModelRegistered') return registered(model, event);
  if (event.type === 'NameClaimForfeited') return closing(model, event.data.claimId);
  if (event.type === 'NothingChanged') return model;
  if (model.status === 'unregistered') {
    throw new Error(`${event.type} cannot be the first event of a registered model`);
  }
  return { ...model, ...changed(model, event), ...consequences(model, event) };
}

type ChangeOfModel = Exclude<
  RegisteredModelEvent,
  { type: 'ModelRegistered' | 'NameClaimForfeited' | 'NothingChanged' }
>;

function registered(model: RegisteredModel, { data, at }: EventOf<'ModelRegistered'>): RegisteredModel {
  return {
    status: 'live',
    closedClaims: closing(model, data.claimId).closedClaims,
    name: data.name,
    description: data.description,
    createdAt: at,
    updatedAt: at,
    tags: tagMap(data.tags),
    aliases: new Map(),
    versions: Versions.none,
    occupants: noOccupants,
  };
}

function closing<Model extends RegisteredModel>(model: Model, claimId: string): Model {
  return { ...model, closedClaims: new Set(model.closedClaims).add(claimId) };
}

/** What an event does to more than the contents. */
function consequences(model: RegisteredModel, event: ChangeOfModel): Partial<RegisteredModel> {
  if (event.type === 'ModelDeleted') return { status: 'deleted' };
  if (event.type === 'ModelRestored') {
    return { status: 'live', closedClaims: closing(model, event.data.claimId).closedClaims };
  }
  if (event.type === 'ModelRenamed' && event.data.claimId !== null) {
    return { closedClaims: closing(model, event.data.claimId).closedClaims };
  }
  return {};
}

function changed(model: ModelContents, event: ChangeOfModel): Partial<ModelContents> {
  const { at } = event;
  switch (event.type) {
    case 'ModelRenamed':
      return {
        name: event.data.to,
        updatedAt: at,
        versions: model.versions.map((version) => ({ ...version, updatedAt: at })),
      };
    case 'ModelDescribed':
      return { description: event.data.description, updatedAt: at };
    case 'ModelDeleted':
    case 'ModelRestored':
      return {};
    case 'VersionCreated':
      return { versions: model.versions.with(created(event)), updatedAt: at };
    case 'VersionDescribed':
      return withVersion(model, event.data.version, { description: event.data.description, updatedAt: at });
    case 'VersionStatusChanged':
      return withVersion(model, event.data.version, {
        status: event.data.status,
        statusMessage: event.data.message,
        updatedAt: at,
      });
    case 'VersionDeleted':
      return { ...withVersion(model, event.data.version, { deleted: true, updatedAt: at }), updatedAt: at };
    case 'VersionRestored': {
      const { version, stage } = event.data;
      return { ...withVersion(model, version, { deleted: false, stage, updatedAt: at }), updatedAt: at };
    }
    case 'StageTransitioned': {
      const { version, to } = event.data;
      return {
        ...withVersion(model, version, { stage: to, updatedAt: at }),
        updatedAt: at,
        occupants: entered(model.occupants, to, version),
      };
    }
    case 'TagSet':
      return withTags(model, event.data.version, (tags) => tags.set(event.data.key, event.data.value));
    case 'TagDeleted':
      return withTags(model, event.data.version, (tags) => tags.delete(event.data.key));
    case 'AliasSet':
      return { aliases: new Map(model.aliases).set(event.data.alias, event.data.version) };
    case 'AliasDeleted':
      return { aliases: new Map([...model.aliases].filter(([alias]) => alias !== event.data.alias)) };
    default:
      return assertNever(event);
  }
}

function created({ data, at }: EventOf<'VersionCreated'>): ModelVersion {
  return {
    ...data,
    createdAt: at,
    updatedAt: at,
    stage: 'None',
    status: 'READY',
    statusMessage: null,
    tags: tagMap(data.tags),
    deleted: false,
  };
}

function withVersion(
  model: ModelContents,
  number: number,
  change: Partial<ModelVersion>,
): { versions: Versions } {
  const version = model.versions.get(number);
  if (version === undefined) throw new Error(`Version ${number} of ${model.name} was never created`);
  return { versions: model.versions.with({ ...version, ...change }) };
}

function withTags(
  model: ModelContents,
  number: number | null,
  change: (tags: Map<string, string>) => void,
): Partial<ModelContents> {
  const tags = new Map(number === null ? model.tags : model.versions.get(number)?.tags);
  change(tags);
  return number === null ? { tags } : withVersion(model, number, { tags });
}

/** In MLflow a key given twice has the value that was given last. */
function tagMap(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ key, value }) => [key, value]));
}
