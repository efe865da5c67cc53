import { startAnnals } from './annals-server.js';
import { Client, compare, printComparisons } from './comparison.js';
import { LoadProcess } from './load.js';
import { again, anew, getVersion } from './mlflow-api.js';
import { startNodeServer } from './node-server.js';
import { newDataFolder } from './places.js';
import { prebuilt } from './requests.js';
import { fillWithZoo } from './zoo.js';

/**
 * Reading versions, against a bare Fastify route that answers the same bytes as the first of them and does nothing for
 * it.
 */
export async function againstFastify(): Promise<void> {
  const data = newDataFolder('annals');
  await fillWithZoo(data);
  const annals = await startAnnals(data);
  const load = new LoadProcess();
  try {
    const [path, query] = getVersion(0);
    const response = await fetch(
      `http://127.0.0.1:${annals.port}${path}?${new URLSearchParams(query).toString()}`,
    );
    const type = response.headers.get('content-type') ?? '';
    const bare = await startNodeServer('fastify-route.js', path, type, await response.text());
    try {
      const client = (port: number, request: (index: number) => Uint8Array) =>
        new Client(load, port, prebuilt(2_000, request));
      const comparisons = await compare({
        baseline: client(bare.port, again(getVersion)),
        subjects: {
          'get-version, 64 clients': client(annals.port, anew(getVersion)),
          'get-version, 64 clients, again': client(annals.port, again(getVersion)),
        },
        connections: 64,
        goal: 0.5,
        rounds: 5,
        seconds: { subject: 2, baseline: 2 },
      });
      printComparisons('Against a bare Fastify route', 'Fastify', comparisons);
    } finally {
      await bare.stop();
    }
  } finally {
    load.stop();
    await annals.stop();
  }
}
