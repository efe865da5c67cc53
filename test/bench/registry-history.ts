import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { Tag } from '../../src/domain/registered-model/events.js';
import { stages } from '../../src/domain/registered-model/stage.js';
import { RecordedHistory } from '../support/recorded-events.js';
import type { Fact } from '../support/recorded-events.js';

export const modelCount = 2_000;
export const versionsPerModel = 50;

const words = ['fraud', 'churn', 'ranking', 'vision', 'speech', 'pricing', 'demand', 'quality'];
const start = Date.UTC(2024, 0, 1);

/** The same numbers in every run: between 0 and 1, exclusive. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function modelName(model: number): string {
  return `${words[model % words.length]}-${String(model).padStart(5, '0')}`;
}

export function runIdOf(model: number, version: number): string {
  return (Math.imul(model * versionsPerModel + version, 2_654_435_761) >>> 0)
    .toString(16)
    .padStart(8, '0')
    .repeat(4);
}

/**
 * The history of a big registry: versions are made, moved and tagged in no particular order of the models.
 *
 * `env` is `prod` for half of the versions; `track` goes with it, so that some pairs of values never meet; `origin` is
 * `import` for the older half; `team` has 20 values, by model; `commit` is different everywhere; `canary` is on a few.
 */
export function* registryHistory(): Generator<RecordedEvent> {
  const random = randomNumbers(1);
  const history = new RecordedHistory();
  let clock = start;
  const record = (model: number, fact: Fact): RecordedEvent => {
    clock += 1 + Math.floor(random() * 20_000);
    history.events.length = 0;
    return history.record(`model-${model}`, fact, { at: clock });
  };

  for (let model = 0; model < modelCount; model += 1) {
    const team = { key: 'team', value: teamOf(model) };
    yield record(model, {
      type: 'ModelRegistered',
      data: { name: modelName(model), claimId: '', description: '', tags: [team] },
    });
  }
  const versions = new Map<number, number>();
  for (let count = 0; count < modelCount * versionsPerModel; count += 1) {
    let model = Math.floor(random() * modelCount);
    while (versions.get(model) === versionsPerModel) model = (model + 1) % modelCount;
    const version = (versions.get(model) ?? 0) + 1;
    versions.set(model, version);
    yield record(model, versionCreated(model, version, count, random()));
    if (count % 3 === 0) {
      const to = stages[Math.floor(random() * stages.length)] ?? 'None';
      yield record(model, {
        type: 'StageTransitioned',
        data: { version, from: 'None', to, comment: null, inFavourOf: null },
      });
    }
    if (count % 5 === 0) {
      const moved = 1 + Math.floor(random() * version);
      yield record(model, {
        type: 'TagSet',
        data: { version: moved, key: 'commit', value: runIdOf(model, moved).slice(0, 12) },
      });
    }
  }
}

export function teamOf(model: number): string {
  return `team-${model % 20}`;
}

function versionCreated(model: number, version: number, count: number, chance: number): Fact {
  const isLive = chance < 0.5;
  const tags: Tag[] = [
    { key: 'env', value: isLive ? 'prod' : 'dev' },
    { key: 'track', value: isLive ? 'live' : 'lab' },
    { key: 'origin', value: count < (modelCount * versionsPerModel) / 2 ? 'import' : 'native' },
    { key: 'team', value: teamOf(model) },
    { key: 'commit', value: runIdOf(model, version).slice(0, 10) },
  ];
  if (count % 5_000 === 17) tags.push({ key: 'canary', value: 'yes' });
  const runId = runIdOf(model, version);
  return {
    type: 'VersionCreated',
    data: {
      version,
      source: `s3://models/${model % 40}/${runId}/artifacts/model`,
      storageLocation: null,
      runId,
      runLink: '',
      loggedModelId: null,
      description: `Trained on the data of week ${count % 53}`,
      tags,
    },
  };
}
