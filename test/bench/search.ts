import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { RegistryReader } from '../../src/application/queries/registry-reader.js';
import type {
  Order,
  VersionCondition,
  VersionOrderKey,
} from '../../src/application/queries/search-criteria.js';
import { openReadModelDatabase } from '../../src/projections/read-model-database.js';
import { registryProjection } from '../../src/projections/registry/registry.projection.js';
import { SqliteRegistryReader } from '../../src/projections/registry/registry.reader.js';
import { ViewCache } from '../../src/projections/registry/view-cache.js';
import {
  modelCount,
  modelName,
  randomNumbers,
  registryHistory,
  runIdOf,
  teamOf,
  versionsPerModel,
} from './registry-history.js';

/** Builds a registry of 100,000 versions and prints how long its searches and reads take. */
export async function searchBenchmark(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'annals-search-'));
  const db = openReadModelDatabase(join(directory, 'read-models.db'));
  try {
    build(db);
    const views = new ViewCache();
    measure(new SqliteRegistryReader(db, views), views);
  } finally {
    db.close();
    rmSync(directory, { recursive: true });
  }
}

function build(db: DatabaseSync): void {
  const projection = registryProjection(new ViewCache());
  projection.create(db);
  const apply = projection.open(db);
  let events = 0;
  let applying = 0;
  let batch: RecordedEvent[] = [];
  const flush = () => {
    const before = performance.now();
    db.exec('BEGIN');
    for (const event of batch) apply(event);
    db.exec('COMMIT');
    applying += performance.now() - before;
    events += batch.length;
    batch = [];
  };
  for (const event of registryHistory()) {
    batch.push(event);
    if (batch.length === 1_000) flush();
  }
  flush();
  const before = performance.now();
  db.exec('BEGIN');
  projection.index(db);
  db.exec('COMMIT');
  const indexing = performance.now() - before;
  console.log(
    `${events} events applied in ${applying.toFixed(0)} ms (${((events / applying) * 1000).toFixed(0)}/s), indexed in ${indexing.toFixed(0)} ms`,
  );
}

type Query = (reader: RegistryReader, random: () => number) => unknown;

/** Each query with nothing remembered, and again with what it has read remembered. */
function measure(reader: RegistryReader, views: ViewCache): void {
  for (const [kind, query] of Object.entries(queries)) {
    const first = percentiles(query, reader, () => views.clear());
    const again = percentiles(query, reader, () => undefined);
    console.log(`${kind.padEnd(44)} first ${first}   again ${again}`);
  }
}

function percentiles(query: Query, reader: RegistryReader, prepare: () => void): string {
  const random = randomNumbers(7);
  const times: number[] = [];
  for (let count = 0; count < 20; count += 1) query(reader, random);
  for (let count = 0; count < 300; count += 1) {
    prepare();
    const before = performance.now();
    query(reader, random);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3).padStart(8);
  return `p50 ${at(0.5)} ms p99 ${at(0.99)} ms`;
}

const pick = (random: () => number, count: number) => Math.floor(random() * count);

function versions(
  conditions: (random: () => number) => readonly VersionCondition[],
  ...order: Order<VersionOrderKey>[]
): Query {
  return (reader, random) =>
    reader.searchVersions({ conditions: conditions(random), prompts: 'hidden', order, limit: 100 });
}

const tag = (key: string, value: string): VersionCondition => ({ kind: 'tag', key, comparator: '=', value });
const none = (): readonly VersionCondition[] => [];

/** Some page of 100 in the middle of the order. */
function deep(key: VersionOrderKey, direction: 'ASC' | 'DESC'): Query {
  return (reader, random) => {
    const name = modelName(pick(random, modelCount));
    const version = reader.modelVersion(name, 1 + pick(random, versionsPerModel));
    if (version === undefined) throw new Error('A version is missing');
    const keys = [key, ...(['name', 'version'] as const).filter((other) => other !== key)];
    const after = keys.map((each) => version[each]);
    return reader.searchVersions({
      conditions: [],
      prompts: 'hidden',
      order: [{ key, direction }],
      limit: 100,
      after,
    });
  };
}

const queries: Readonly<Record<string, Query>> = {
  'get model': (reader, random) => reader.registeredModel(modelName(pick(random, modelCount))),
  'get version': (reader, random) =>
    reader.modelVersion(modelName(pick(random, modelCount)), 1 + pick(random, 50)),
  'get latest versions': (reader, random) =>
    reader.latestVersions(modelName(pick(random, modelCount)), ['None', 'Staging', 'Production', 'Archived']),
  'versions: all': versions(none),
  'versions: name =': versions((random) => [
    { kind: 'name', comparator: '=', value: modelName(pick(random, modelCount)) },
  ]),
  "versions: name LIKE 'fraud-%'": versions(() => [{ kind: 'name', comparator: 'LIKE', value: 'fraud-%' }]),
  "versions: name LIKE 'fraud-00%'": versions(() => [
    { kind: 'name', comparator: 'LIKE', value: 'fraud-000%' },
  ]),
  "versions: name ILIKE '%ISI%'": versions(() => [{ kind: 'name', comparator: 'ILIKE', value: '%ISI%' }]),
  "versions: name ILIKE '%<digits>%'": versions((random) => [
    { kind: 'name', comparator: 'ILIKE', value: `%N-${String(pick(random, 200)).padStart(4, '0')}%` },
  ]),
  'versions: name ILIKE, nothing': versions(() => [
    { kind: 'name', comparator: 'ILIKE', value: '%nothing%' },
  ]),
  'versions: tag, unique value': versions((random) => [
    tag('commit', runIdOf(pick(random, modelCount), 3).slice(0, 10)),
  ]),
  'versions: tag, rare value': versions(() => [tag('canary', 'yes')]),
  'versions: tag, medium value (5 %)': versions((random) => [tag('team', teamOf(pick(random, 20)))]),
  'versions: tag, common value (50 %)': versions(() => [tag('env', 'prod')]),
  'versions: tag, common among the old only': versions(() => [tag('origin', 'import')]),
  'versions: tag !=': versions(() => [{ kind: 'tag', key: 'env', comparator: '!=', value: 'prod' }]),
  "versions: tag LIKE 'ab%'": versions(() => [
    { kind: 'tag', key: 'commit', comparator: 'LIKE', value: 'ab%' },
  ]),
  "versions: tag ILIKE '%AB12%'": versions(() => [
    { kind: 'tag', key: 'commit', comparator: 'ILIKE', value: '%AB12%' },
  ]),
  'versions: two tags, common and medium': versions((random) => [
    tag('env', 'prod'),
    tag('team', teamOf(pick(random, 20))),
  ]),
  'versions: two tags, common': versions(() => [tag('env', 'prod'), tag('track', 'live')]),
  'versions: two tags that never meet': versions(() => [tag('env', 'prod'), tag('track', 'lab')]),
  'versions: run id': versions((random) => [
    { kind: 'run_id', comparator: '=', value: runIdOf(pick(random, modelCount), 7) },
  ]),
  'versions: run id IN (75)': versions((random) => [
    { kind: 'run_id_in', values: Array.from({ length: 75 }, () => runIdOf(pick(random, modelCount), 7)) },
  ]),
  "versions: run id LIKE '%abc1%'": versions(() => [{ kind: 'run_id', comparator: 'LIKE', value: '%abc1%' }]),
  "versions: source LIKE 's3://models/7/%'": versions(() => [
    { kind: 'source_path', comparator: 'LIKE', value: 's3://models/7/%' },
  ]),
  "versions: source ILIKE '%ABC1%'": versions(() => [
    { kind: 'source_path', comparator: 'ILIKE', value: '%ABC1%' },
  ]),
  'versions: number >= 45': versions(() => [{ kind: 'version_number', comparator: '>=', value: 45 }]),
  'versions: name = by number': versions(
    (random) => [{ kind: 'name', comparator: '=', value: modelName(pick(random, modelCount)) }],
    { key: 'version', direction: 'DESC' },
  ),
  ...Object.fromEntries(
    (['name', 'version', 'createdAt', 'updatedAt'] as const).flatMap((key) =>
      (['ASC', 'DESC'] as const).flatMap((direction) => [
        [`versions: by ${key} ${direction}`, versions(none, { key, direction })],
        [`versions: by ${key} ${direction}, deep page`, deep(key, direction)],
        [
          `versions: tag (5 %) by ${key} ${direction}`,
          versions(() => [tag('team', 'team-7')], { key, direction }),
        ],
      ]),
    ),
  ),
  'models: all': (reader) =>
    reader.searchModels({ conditions: [], prompts: 'hidden', order: [], limit: 100 }),
  'models: by update': (reader) =>
    reader.searchModels({
      conditions: [],
      prompts: 'hidden',
      order: [{ key: 'updatedAt', direction: 'DESC' }],
      limit: 100,
    }),
  "models: name ILIKE '%ISI%'": (reader) =>
    reader.searchModels({
      conditions: [{ kind: 'name', comparator: 'ILIKE', value: '%ISI%' }],
      prompts: 'hidden',
      order: [],
      limit: 100,
    }),
  'models: tag': (reader, random) =>
    reader.searchModels({
      conditions: [{ kind: 'tag', key: 'team', comparator: '=', value: teamOf(pick(random, 20)) }],
      prompts: 'hidden',
      order: [],
      limit: 100,
    }),
  'models: page of 1,000': (reader) =>
    reader.searchModels({ conditions: [], prompts: 'hidden', order: [], limit: 1_000 }),
  'versions: page of 10,000': (reader) =>
    reader.searchVersions({ conditions: [], prompts: 'hidden', order: [], limit: 10_000 }),
};
