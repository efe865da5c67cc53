import { cpus, loadavg } from 'node:os';
import { againstFastify } from './against-fastify.js';
import { againstFsync } from './against-fsync.js';
import { againstMlflow } from './against-mlflow.js';
import { withEventStoreDb } from './eventstoredb.js';
import { historyBenchmark } from './history.js';
import { noticesReplay } from './notices-replay.js';
import { removeData } from './places.js';
import { rebuild } from './rebuild.js';
import { searchBenchmark } from './search.js';
import { start } from './start.js';

/** `npm run bench` runs all of them, `npm run bench rebuild start` these two. */
const benchmarks: ReadonlyMap<string, () => Promise<void>> = new Map([
  ['against-mlflow', againstMlflow],
  ['against-fastify', againstFastify],
  ['against-fsync', againstFsync],
  ['eventstoredb', withEventStoreDb],
  ['search', searchBenchmark],
  ['rebuild', rebuild],
  ['start', start],
  ['history', historyBenchmark],
  ['notices', noticesReplay],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benchmarks.has(name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${[...benchmarks.keys()].join(', ')}`,
  );
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
process.on('exit', removeData);
const processors = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`;
console.log(
  `Node.js ${process.versions.node}, ${processors}, load average before ${loadavg()[0]?.toFixed(1)}`,
);
for (const [name, run] of benchmarks) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const began = performance.now();
  await run();
  console.log(`(${name} took ${((performance.now() - began) / 1_000).toFixed(0)} s)`);
}
process.exit();
