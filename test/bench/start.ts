import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { annalsEnvironment } from './annals-server.js';
import { busyLogs, dataWithLog } from './busy-log.js';
import { freePort, startChildServer } from './child-server.js';
import { digits, median, printTable } from './figures.js';
import { checkout, newDataFolder } from './places.js';

const rounds = 3;

/** From `npm start` until the service says that it is ready. */
export async function start(): Promise<void> {
  const copy = copyOfCheckout();
  const full = dataWithLog((await busyLogs()).all);
  const rows = [
    await timed('empty log, the first time: nothing is built', copy, 1, newDataOfAnnals),
    await timed('empty log', copy, rounds, newDataOfAnnals),
    await timed('500,000 events, no read model', copy, 1, () => full),
    await timed('500,000 events and the read model', copy, rounds, () => full),
  ];
  printTable('From npm start to ready', ['', 'seconds'], rows);
}

function newDataOfAnnals(): string {
  return newDataFolder('annals');
}

/** The checkout is left alone: what it has built may be in use. */
function copyOfCheckout(): string {
  const copy = newDataFolder('checkout');
  for (const part of ['package.json', 'tsconfig.json', 'src']) {
    cpSync(join(checkout, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function timed(name: string, directory: string, rounds: number, data: () => string): Promise<string[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const port = await freePort();
    const server = await startChildServer({
      command: 'npm',
      args: ['start'],
      port,
      directory,
      environment: annalsEnvironment(data(), port),
      readyPath: '/health/ready',
      patience: 120,
    });
    seconds.push(server.secondsToReady);
    await server.stop();
  }
  return [name, digits(median(seconds))];
}
