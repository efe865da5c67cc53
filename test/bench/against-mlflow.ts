import { startAnnals } from './annals-server.js';
import { Client, compare, printComparisons } from './comparison.js';
import type { Comparison } from './comparison.js';
import { LoadProcess } from './load.js';
import {
  again,
  anew,
  createVersion,
  getVersion,
  searchModels,
  searchVersions,
  transitionStage,
} from './mlflow-api.js';
import { MlflowUnavailableError, fillMlflow, provideMlflow, startMlflow } from './mlflow-server.js';
import { newDataFolder } from './places.js';
import { prebuilt } from './requests.js';
import { fillWithZoo, zoo } from './zoo.js';

const noteOnOneClient =
  'Of the time that MLflow takes to answer a single client on Linux, 40 ms are a delayed acknowledgement of TCP: it sends\n' +
  'head and body of an answer apart and lets Nagle hold back the second. Its own client waits for them, too.';

/** MLflow's own server with its four workers, on the same data and the same machine. */
export async function againstMlflow(): Promise<void> {
  try {
    provideMlflow();
  } catch (error) {
    if (!(error instanceof MlflowUnavailableError)) throw error;
    console.log(`\nSKIPPED benchmark against-mlflow: ${error.message}`);
    return;
  }
  const data = newDataFolder('annals');
  const models = await fillWithZoo(data);
  const mlflow = await startMlflow();
  try {
    fillMlflow(mlflow.database, models);
    const annals = await startAnnals(data);
    const load = new LoadProcess();
    try {
      await sameAnswers(annals.port, mlflow.port);
      const title = `Against MLflow's own server, ${zoo.models} models of ${zoo.versions} versions`;
      printComparisons(title, 'MLflow', await measure(load, annals.port, mlflow.port));
      console.log(noteOnOneClient);
    } finally {
      load.stop();
      await annals.stop();
    }
  } finally {
    await mlflow.stop();
  }
}

const rounds = 3;
const many = { connections: 32, rounds, seconds: { subject: 2, baseline: 4 } };
const one = { connections: 1, rounds, seconds: { subject: 1, baseline: 2 } };

const reads = {
  'get-version': getVersion,
  'search models by prefix': searchModels,
  'search versions by prefix': searchVersions,
};

const writes = { 'transition-stage': transitionStage, 'create-version': createVersion };

/** Reads come first, so that both search the registry as it was made. */
async function measure(load: LoadProcess, annals: number, mlflow: number): Promise<Comparison[]> {
  const client = (port: number, request: (index: number) => Uint8Array, distinct = 2 * zoo.models) =>
    new Client(load, port, prebuilt(distinct, request));
  const withMany: Comparison[] = [];
  const withOne: Comparison[] = [];
  const measureBoth = async (name: string, goal: number, baseline: Client, subject: Client, more = {}) => {
    const subjects = { [`${name}, 32 clients`]: subject, ...more };
    withMany.push(...(await compare({ ...many, goal: 50, baseline, subjects })));
    withOne.push(
      ...(await compare({ ...one, goal, baseline, subjects: { [`${name}, 1 client`]: subject } })),
    );
  };
  for (const [name, read] of Object.entries(reads)) {
    const asked = { [`${name}, 32 clients, again`]: client(annals, again(read), zoo.teams) };
    await measureBoth(name, 25, client(mlflow, again(read)), client(annals, anew(read)), asked);
  }
  for (const [name, write] of Object.entries(writes)) {
    await measureBoth(name, 10, client(mlflow, write), client(annals, write));
  }
  return [...withMany, ...withOne];
}

/** A comparison of servers that find different things would be worth nothing. */
async function sameAnswers(annals: number, mlflow: number): Promise<void> {
  for (const [path, query] of [getVersion(7), searchModels(7), searchVersions(7)]) {
    const ask = async (port: number) => {
      const response = await fetch(
        `http://127.0.0.1:${port}${path}?${new URLSearchParams(query).toString()}`,
      );
      const { next_page_token: _, ...answer } = (await response.json()) as Record<string, unknown[]>;
      return answer;
    };
    const [ours, theirs] = [await ask(annals), await ask(mlflow)].map((answer) => sorted(answer));
    if (ours !== theirs || ours === '{}') {
      throw new Error(
        `The servers answer ${path} differently:\n${ours?.slice(0, 1_000)}\n${theirs?.slice(0, 1_000)}`,
      );
    }
  }
}

/** As text, with what has no order in MLflow in one. */
function sorted(answer: unknown): string {
  return JSON.stringify(answer, (_key, value: unknown) => {
    if (Array.isArray(value))
      return value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return value;
  });
}
