import { join } from 'node:path';
import type { Tag } from '../../src/domain/registered-model/events.js';
import type { ModelContents } from '../../src/domain/registered-model/registered-model.js';
import type { Stage } from '../../src/domain/registered-model/stage.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { ModelHistory, write } from './model-history.js';
import type { Append } from './model-history.js';

/** The registry that is served to be compared: many models of some teams, with many versions each. */
export const zoo = { models: 2_000, versions: 50, teams: 20 };

const start = Date.UTC(2024, 0, 1);

/** The names of a team's models begin alike. */
export function teamPrefix(team: number): string {
  return `team-${String(team % zoo.teams).padStart(2, '0')}.`;
}

export function modelName(index: number): string {
  const model = index % zoo.models;
  return `${teamPrefix(model)}model-${String(model).padStart(4, '0')}`;
}

export function versionTags(model: number, version: number): readonly Tag[] {
  return [
    { key: 'framework', value: model % 3 === 0 ? 'pytorch' : 'sklearn' },
    { key: 'commit', value: `${model}-${version}` },
  ];
}

/** Writes the registry into the log of a new data folder and answers what its models are then. */
export async function fillWithZoo(data: string): Promise<ModelContents[]> {
  const histories = Array.from({ length: zoo.models }, () => new ModelHistory());
  const store = EmbeddedEventStore.open(join(data, 'log.sqlite'));
  await write(store, lives(histories));
  await store.close();
  return histories.map((history) => history.contents);
}

function* lives(histories: readonly ModelHistory[]): Iterable<Append> {
  for (const [model, history] of histories.entries()) yield* life(model, history);
}

function* life(model: number, history: ModelHistory): Iterable<Append> {
  let at = start + model * 60_000;
  yield* history.register(modelName(model), [{ key: 'team', value: teamPrefix(model) }], at);
  for (let version = 1; version <= zoo.versions; version += 1) {
    at += 1_000;
    yield history.do(
      {
        type: 'CreateVersion',
        source: `s3://models/${modelName(model)}/${version}`,
        storageLocation: null,
        runId: '',
        runLink: '',
        loggedModelId: null,
        description: '',
        tags: versionTags(model, version),
      },
      at,
    );
    const stage = stageOf(version);
    const move = { type: 'TransitionStage', version, comment: null, archiveExistingVersions: false } as const;
    if (stage !== 'None') yield history.do({ ...move, stage }, at);
  }
}

function stageOf(version: number): Stage {
  if (version === zoo.versions) return 'Staging';
  if (version === zoo.versions - 1) return 'Production';
  return version % 2 === 0 ? 'Archived' : 'None';
}
