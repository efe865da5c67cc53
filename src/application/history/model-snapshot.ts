import type { ModelVersion } from '../../domain/registered-model/model-version.js';
import type { ModelContents, RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { Versions } from '../../domain/registered-model/versions.js';
import type { JsonObject } from '../ports/event-store.js';

/** Raised whenever the state of a registered model changes its shape: older snapshots are then not used. */
const shape = 2;

interface Snapshot {
  readonly shape: typeof shape;
  readonly status: RegisteredModel['status'];
  readonly closedClaims: readonly string[];
  readonly contents?: Omit<ModelContents, 'tags' | 'aliases' | 'versions'> & {
    readonly tags: Pairs<string>;
    readonly aliases: Pairs<number>;
    readonly versions: readonly (Omit<ModelVersion, 'tags'> & { readonly tags: Pairs<string> })[];
  };
}

type Pairs<Value> = readonly (readonly [string, Value])[];

/** The state of a registered model as JSON. */
export function modelToSnapshot(model: RegisteredModel): JsonObject {
  return { ...snapshotOf(model) };
}

function snapshotOf(model: RegisteredModel): Snapshot {
  const { status } = model;
  const closedClaims = [...model.closedClaims];
  if (model.status === 'unregistered') return { shape, status, closedClaims };
  const { name, description, createdAt, updatedAt, occupants } = model;
  const versions = [...model.versions].map((version) => ({ ...version, tags: [...version.tags] }));
  const contents = { name, description, createdAt, updatedAt, occupants, tags: [...model.tags], versions };
  return { shape, status, closedClaims, contents: { ...contents, aliases: [...model.aliases] } };
}

/** The state that {@link modelToSnapshot} wrote; undefined when another version of the service wrote it. */
export function modelFromSnapshot(json: JsonObject): RegisteredModel | undefined {
  const snapshot = json as unknown as Snapshot;
  if (snapshot.shape !== shape) return undefined;
  const { status, contents } = snapshot;
  const closedClaims = new Set(snapshot.closedClaims);
  if (status === 'unregistered' || contents === undefined) return { status: 'unregistered', closedClaims };
  return {
    ...contents,
    status,
    closedClaims,
    tags: new Map(contents.tags),
    aliases: new Map(contents.aliases),
    versions: Versions.of(contents.versions.map((version) => ({ ...version, tags: new Map(version.tags) }))),
  };
}
