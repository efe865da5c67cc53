import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startAnnals } from './annals-server.js';
import { Client, compare, printComparisons } from './comparison.js';
import { realServer, startEventStoreDb } from './eventstoredb-server.js';
import { digits, inTurn, median, printTable, ratioOf } from './figures.js';
import { LoadProcess } from './load.js';
import { LogContender } from './log-contender.js';
import type { Task, TaskFigures } from './log-contender.js';
import { contenders } from './log-contenders.js';
import type { ContenderName } from './log-contenders.js';
import { newVersionOf } from './mlflow-api.js';
import { newDataFolder } from './places.js';
import { prebuilt } from './requests.js';

const connections = 64;
const rounds = 5;
const followed = 100_000;

const labels: Readonly<Record<ContenderName, string>> = {
  adapter: 'the adapter',
  client: 'the client alone',
  'client-in-batches': 'the client alone, one call for all',
  embedded: 'the embedded log',
};

type AppendTask = Task & { readonly kind: 'append' };

/** "Many streams" are new ones, as a registration makes them; the others are as the versions of a model come. */
const appends: Readonly<Record<string, Omit<AppendTask, 'kind' | 'seconds'>>> = {
  '1 client, one stream': { clients: 1, events: 1, streams: 'own' },
  '1 client, a new stream each time': { clients: 1, events: 1, streams: 'new' },
  '64 clients, a stream each': { clients: 64, events: 1, streams: 'own' },
  '64 clients, a new stream each time': { clients: 64, events: 1, streams: 'new' },
  'one stream, 64 events an append, as 64 clients on one model share it': {
    clients: 1,
    events: 64,
    streams: 'own',
  },
};

/** The client is a lot of code, which is slow until it has been compiled. */
const warmUp: AppendTask = { kind: 'append', clients: connections, events: 1, streams: 'new', seconds: 4 };

/** The log in EventStoreDB, against the embedded one and against the bare client. */
export async function withEventStoreDb(): Promise<void> {
  console.log(`\n${describeServer()}`);
  await following();
  await appending();
  await creatingVersions();
}

function describeServer(): string {
  return realServer === undefined
    ? 'EVENTSTORE_URL IS NOT SET: THE SERVER IS A DOUBLE WRITTEN IN TYPESCRIPT, WHICH KEEPS NOTHING ON DISK.\n' +
        'What follows says what the client and the adapter cost, and nothing about EventStoreDB.'
    : 'THE SERVER IS THE ONE THAT EVENTSTORE_URL NAMES. What is written to it stays there.';
}

async function following(): Promise<void> {
  const server = await startEventStoreDb();
  const prefix = newPrefix();
  const file = join(newDataFolder('embedded'), 'log.sqlite');
  const open = (name: ContenderName) =>
    new LogContender({
      name,
      place: name === 'embedded' ? file : server.address,
      streamPrefixes: [prefix],
    });
  try {
    const before = { embedded: await fill(open('embedded')), server: await fill(open('adapter')) };
    const follow = (name: ContenderName) => () => {
      const after = name === 'embedded' ? before.embedded : before.server;
      return runOnce(open(name), { kind: 'follow', after, count: followed });
    };
    const figures = await inTurn(rounds, {
      adapter: follow('adapter'),
      client: follow('client'),
      embedded: follow('embedded'),
    });
    const { adapter } = figures;
    const rows = (['adapter', 'client', 'embedded'] as const).map((name) => [
      labels[name],
      ...figureCells(figures[name], adapter),
    ]);
    printTable(
      `Catching up with ${followed.toLocaleString('en')} events, in a new process each time`,
      ['', 'events /s', ...ratioColumns],
      rows,
    );
  } finally {
    await server.stop();
  }
}

async function fill(contender: LogContender): Promise<number> {
  const { position } = await runOnce(contender, { kind: 'fill', count: followed });
  return position;
}

async function runOnce(contender: LogContender, task: Task): Promise<TaskFigures> {
  try {
    return await contender.run(task);
  } finally {
    await contender.stop();
  }
}

async function appending(): Promise<void> {
  const server = await startEventStoreDb();
  const streamPrefixes = [newPrefix()];
  const file = join(newDataFolder('embedded'), 'log.sqlite');
  const running = contenders.map((name) => {
    const place = name === 'embedded' ? file : server.address;
    return [name, new LogContender({ name, place, streamPrefixes })] as const;
  });
  try {
    for (const [, contender] of running) await contender.run(warmUp);
    for (const [title, task] of Object.entries(appends)) {
      const run = (contender: LogContender) => contender.run({ kind: 'append', ...task, seconds: 1 });
      for (const [, contender] of running) await run(contender);
      const runs = running.map(([name, contender]) => [name, () => run(contender)] as const);
      const figures = await inTurn(
        rounds,
        Object.fromEntries(runs) as Record<ContenderName, () => Promise<TaskFigures>>,
      );
      printAppends(title, figures);
    }
  } finally {
    await Promise.all(running.map(([, contender]) => contender.stop()));
    await server.stop();
  }
}

const ratioColumns = ['processor µs', 'adapter to it', 'lowest', 'highest'];

function printAppends(title: string, figures: Readonly<Record<ContenderName, readonly TaskFigures[]>>): void {
  const rows = (Object.keys(labels) as ContenderName[]).map((name) => {
    const [perSecond = '', ...ratios] = figureCells(figures[name], figures.adapter);
    const latencies = (['p50', 'p99'] as const).map((key) => middle(figures[name], key));
    return [labels[name], perSecond, ...latencies, ...ratios];
  });
  printTable(`Appends: ${title}`, ['', 'appends /s', 'p50 ms', 'p99 ms', ...ratioColumns], rows);
}

/** How many a second, the processor's time for each, and how many times that number the adapter comes to. */
function figureCells(figures: readonly TaskFigures[], adapter: readonly TaskFigures[]): string[] {
  const cells = [middle(figures, 'perSecond'), middle(figures, 'processor')];
  if (figures === adapter) return [...cells, '', '', ''];
  const ratio = ratioOf(
    adapter.map(({ perSecond }) => perSecond),
    figures.map(({ perSecond }) => perSecond),
  );
  return [...cells, ...[ratio.median, ratio.lowest, ratio.highest].map(digits)];
}

function middle(figures: readonly TaskFigures[], key: keyof TaskFigures): string {
  return digits(median(figures.map((each) => each[key])));
}

/** create-version over HTTP, with the log here and there. */
async function creatingVersions(): Promise<void> {
  const server = await startEventStoreDb();
  const load = new LoadProcess();
  const embedded = await startAnnals(newDataFolder('embedded'));
  const remote = await startAnnals(newDataFolder('remote'), { ANNALS_EVENTSTORE: server.address });
  const prefix = newPrefix();
  const modelName = (index: number) => `${prefix}${index % connections}`;
  try {
    for (const { port } of [embedded, remote]) {
      for (let model = 0; model < connections; model += 1) await register(port, modelName(model));
    }
    const measure = (name: string, nameOf: (index: number) => string) => {
      const requests = prebuilt(1_024, (index) => newVersionOf(nameOf(index), index));
      return compare({
        baseline: new Client(load, embedded.port, requests),
        subjects: { [name]: new Client(load, remote.port, requests) },
        connections,
        rounds,
        seconds: { subject: 1.5, baseline: 1.5 },
      });
    };
    printComparisons(
      'create-version over HTTP, the log in EventStoreDB against the embedded one',
      'embedded',
      [
        ...(await measure('64 clients, 64 models', modelName)),
        ...(await measure('64 clients, one model', () => modelName(0))),
      ],
    );
  } finally {
    load.stop();
    await Promise.all([embedded.stop(), remote.stop()]);
    await server.stop();
  }
}

async function register(port: number, name: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/2.0/mlflow/registered-models/create`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ name }) });
  if (response.status !== 200) throw new Error(`${name} cannot be registered: ${await response.text()}`);
}

/** Of names that no other run has, because a real server keeps what was written. */
function newPrefix(): string {
  return `bench${randomBytes(6).toString('hex')}-`;
}
