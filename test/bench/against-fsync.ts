import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { startAnnals } from './annals-server.js';
import { Client, compare, printComparisons } from './comparison.js';
import { digits } from './figures.js';
import { openInserts } from './inserts.js';
import { LoadProcess } from './load.js';
import { createVersionPath, newVersionOf } from './mlflow-api.js';
import { ModelHistory, write } from './model-history.js';
import type { Append } from './model-history.js';
import { startNodeServer } from './node-server.js';
import { newDataFolder } from './places.js';
import { prebuilt } from './requests.js';

const connections = 64;

/** Durable writes, against a bare Fastify route that syncs one INSERT to the same disk for each request. */
export async function againstFsync(): Promise<void> {
  const data = newDataFolder('annals');
  const store = EmbeddedEventStore.open(join(data, 'log.sqlite'));
  await write(store, registeredModels());
  await store.close();
  const load = new LoadProcess();
  const annals = await startAnnals(data);
  try {
    const file = join(newDataFolder('inserts'), 'inserts.sqlite');
    const bare = await startNodeServer('fsync-route.js', createVersionPath, file);
    try {
      const measure = (name: string, modelName: (index: number) => string) => {
        const requests = prebuilt(1_024, (index) => newVersionOf(modelName(index), index));
        return compare({
          baseline: new Client(load, bare.port, requests),
          subjects: { [name]: new Client(load, annals.port, requests) },
          connections,
          goal: 3,
          rounds: 5,
          seconds: { subject: 1.5, baseline: 1.5 },
        });
      };
      printComparisons('Durable writes, against a Fastify route with one fsync each', 'fsync', [
        ...(await measure('create-version, 64 models', modelOf)),
        ...(await measure('create-version, one model', () => modelOf(0))),
      ]);
      console.log(
        `For orientation: without HTTP, a loop makes ${digits(insertsPerSecond())} such INSERTs a second.`,
      );
    } finally {
      await bare.stop();
    }
  } finally {
    load.stop();
    await annals.stop();
  }
}

function modelOf(index: number): string {
  return `model-${index % connections}`;
}

function* registeredModels(): Iterable<Append> {
  for (let model = 0; model < connections; model += 1) {
    yield* new ModelHistory().register(modelOf(model), [], Date.UTC(2024, 0, 1));
  }
}

function insertsPerSecond(): number {
  const insert = openInserts(join(newDataFolder('inserts'), 'inserts.sqlite'));
  const text = Buffer.from(newVersionOf(modelOf(0), 0)).toString('utf8');
  const began = performance.now();
  let count = 0;
  for (; performance.now() - began < 1_500; count += 1) insert(text);
  return count / ((performance.now() - began) / 1_000);
}
