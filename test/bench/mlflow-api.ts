import { get, ownNumber, post } from './requests.js';
import { modelName, teamPrefix, versionTags, zoo } from './zoo.js';

/** Requests of MLflow's REST API, made by their numbers so that they are spread over all that there is. */

export const createVersionPath = '/api/2.0/mlflow/model-versions/create';

export function createVersion(index: number): Uint8Array {
  return newVersionOf(modelName(index), index);
}

export function newVersionOf(name: string, index: number): Uint8Array {
  const source = `s3://models/${name}/new-${index}`;
  return post(createVersionPath, { name, source, description: '', tags: versionTags(index, 0) });
}

/** Each model in turn, first its version 1, then its version 2, then its version 1 again. */
export function transitionStage(index: number): Uint8Array {
  return post('/api/2.0/mlflow/model-versions/transition-stage', {
    name: modelName(index),
    version: String(1 + (Math.floor(index / zoo.models) % 2)),
    stage: 'Production',
    archive_existing_versions: true,
  });
}

/** What to read, by number. */
export type Read = (index: number) => readonly [path: string, query: Readonly<Record<string, string>>];

export const getVersion: Read = (index) => [
  '/api/2.0/mlflow/model-versions/get',
  { name: modelName(index * 7), version: String(1 + (index % zoo.versions)) },
];

export const searchModels: Read = (index) => searchByPrefix('registered-models', index);

export const searchVersions: Read = (index) => searchByPrefix('model-versions', index);

/** Requests that were made before, as those of pollers and dashboards are, once the numbers come round. */
export function again(read: Read): (index: number) => Uint8Array {
  return (index) => get(...read(index));
}

/** Requests none of which was ever made before: each has an argument of its own, which servers do not look at. */
export function anew(read: Read): (index: number) => Uint8Array {
  return (index) => {
    const [path, query] = read(index);
    return get(path, { ...query, number: ownNumber });
  };
}

function searchByPrefix(kind: string, team: number): ReturnType<Read> {
  const filter = `name LIKE '${teamPrefix(team)}%'`;
  return [`/api/2.0/mlflow/${kind}/search`, { filter, max_results: '100' }];
}
