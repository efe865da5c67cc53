import { startAnnals } from './annals-server.js';
import type { ChildServer } from './child-server.js';
import { digits, inTurn, median, printTable, ratioOf } from './figures.js';
import type { Percentiles } from './latencies.js';
import { newDataFolder } from './places.js';
import { SubscribedModels, atRate, writeLatencies } from './subscribed-models.js';
import { SubscribersProcess } from './subscribers-load.js';

const streams = 1_000;
const webhooks = 100;
/** Writes a second. What a registry sees in a day comes in seconds at the second one. */
const rates = [1, 10];
const seconds = 20;
const rounds = 3;
const goal = 1.2;

interface Figures {
  readonly writes: Percentiles;
  /** Of the server's memory, at the end. */
  readonly megabytes: number;
}

/**
 * What a thousand clients of the event stream that are told everything, and a hundred webhooks that are told each change
 * of Production, add to the time of a write, at a pace and at ten times that, and what they take of memory.
 */
export async function subscribersBenchmark(): Promise<void> {
  const alone = await startAnnals(newDataFolder('alone'));
  const subscribed = await startAnnals(newDataFolder('subscribed'), { ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
  const subscribers = new SubscribersProcess();
  try {
    const untold = await SubscribedModels.on(alone.port);
    const told = await SubscribedModels.on(subscribed.port);
    await subscribers.subscribe({ port: subscribed.port, streams, webhooks });
    for (const rate of rates) {
      const figures = await inTurn(rounds, {
        alone: run(alone, untold, rate),
        told: run(subscribed, told, rate),
      });
      print(rate, figures.alone, figures.told);
    }
    const arrived = await subscribers.arrived();
    console.log(
      `of ${told.moves} moves, the streams were told ${arrived.streams} times (${told.moves * streams * 3} is all), ` +
        `the webhooks ${arrived.webhooks} times (${told.moves * webhooks} is all)`,
    );
  } finally {
    subscribers.stop();
    await subscribed.stop();
    await alone.stop();
  }
}

function run(server: ChildServer, models: SubscribedModels, rate: number): () => Promise<Figures> {
  return async () => {
    const writes = writeLatencies(await atRate(rate, rate * seconds, () => models.move()));
    return { writes, megabytes: await residentMegabytes(server) };
  };
}

function print(rate: number, alone: readonly Figures[], told: readonly Figures[]): void {
  const row = (name: string, of: (figures: Figures) => number, limit?: number) => {
    const ratio = ratioOf(told.map(of), alone.map(of));
    const goals = limit === undefined ? ['', ''] : [`≤ ${limit}`, ratio.median <= limit ? 'met' : 'MISSED'];
    const figures = [median(alone.map(of)), median(told.map(of)), ratio.median, ratio.lowest, ratio.highest];
    return [name, ...figures.map(digits), ...goals];
  };
  printTable(
    `A transition with nobody to tell, and with ${streams} streams and ${webhooks} webhooks, ${rate} a second`,
    ['', 'alone', 'told', 'ratio', 'lowest', 'highest', 'goal', ''],
    [
      row('write p50, ms', ({ writes }) => writes.p50, goal),
      row('write p99, ms', ({ writes }) => writes.p99),
      row('resident memory, MB', ({ megabytes }) => megabytes),
    ],
  );
  console.log(`memory round by round, MB: ${told.map(({ megabytes }) => digits(megabytes)).join(', ')}`);
}

async function residentMegabytes({ port }: ChildServer): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 1_000_000;
}
