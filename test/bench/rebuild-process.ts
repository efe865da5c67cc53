import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { createLogger } from '../../src/logging.js';
import { ProjectionRunner } from '../../src/projections/projection-runner.js';
import { openReadModelDatabase } from '../../src/projections/read-model-database.js';
import { ReadModelTransaction } from '../../src/projections/read-model-transaction.js';
import { registryProjection } from '../../src/projections/registry/registry.projection.js';
import { ViewCache } from '../../src/projections/registry/view-cache.js';

/** What a rebuild took. */
export interface Rebuilt {
  readonly events: number;
  readonly seconds: number;
  /** The most memory that the process had, in bytes, pages of the mapped database file included. */
  readonly peak: number;
  /** The most memory of its own, without that file; known on Linux only. */
  readonly ownPeak: number | undefined;
}

/** Builds all read models of the data folder that it is given and tells how that was. */
const data = process.argv[2] ?? '';
const began = performance.now();
const store = EmbeddedEventStore.open(join(data, 'log.sqlite'));
const database = openReadModelDatabase(join(data, 'read-model.sqlite'));
const transaction = new ReadModelTransaction(database);
const runners = [registryProjection(new ViewCache())].map(
  (projection) => new ProjectionRunner(projection, database, transaction, store, createLogger('warn')),
);
await Promise.all(runners.map((runner) => runner.start()));
let ownPeak = ownMemory();
while (!runners.every((runner) => runner.hasCaughtUp)) {
  await pause(5);
  if (ownPeak !== undefined) ownPeak = Math.max(ownPeak, ownMemory() ?? 0);
}
const rebuilt: Rebuilt = {
  events: await store.head(),
  seconds: (performance.now() - began) / 1_000,
  peak: process.resourceUsage().maxRSS * 1_024,
  ownPeak,
};
await Promise.all(runners.map((runner) => runner.stop()));
await store.close();
database.close();
process.send?.(rebuilt);
process.disconnect();

function ownMemory(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}
