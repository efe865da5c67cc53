import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { busyLogs, dataWithLog } from './busy-log.js';
import { digits, median, printTable, verdict } from './figures.js';
import type { Rebuilt } from './rebuild-process.js';

const rounds = 3;
const goals = { perSecond: 50_000, megabytes: 400 };

/** Building the read models from nothing, in a process that does nothing else. */
export async function rebuild(): Promise<void> {
  const logs = await busyLogs();
  const folders = { half: dataWithLog(logs.half), all: dataWithLog(logs.all) };
  const results: Record<'half' | 'all', Rebuilt[]> = { half: [], all: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.half.push(await rebuildIn(folders.half));
    results.all.push(await rebuildIn(folders.all));
  }
  const rows = Object.values(results).map(row);
  const columns = ['', 'seconds', 'events /s', 'goal', '', 'peak MB', 'goal', '', 'its own MB'];
  printTable('Rebuilding the read models from the log', columns, rows);
}

async function rebuildIn(data: string): Promise<Rebuilt> {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(data, `read-model.sqlite${suffix}`), { force: true });
  const child = fork(fileURLToPath(new URL('rebuild-process.js', import.meta.url)), [data]);
  const [rebuilt] = (await once(child, 'message')) as [Rebuilt];
  await once(child, 'exit');
  return rebuilt;
}

function row(results: readonly Rebuilt[]): string[] {
  const middle = (figure: (rebuilt: Rebuilt) => number) => median(results.map(figure));
  const perSecond = middle(({ events, seconds }) => events / seconds);
  const peak = middle((rebuilt) => rebuilt.peak) / 1_000_000;
  return [
    `${digits(middle(({ events }) => events))} events`,
    digits(middle(({ seconds }) => seconds)),
    digits(perSecond),
    `≥ ${digits(goals.perSecond)}`,
    verdict(perSecond, goals.perSecond),
    digits(peak),
    `≤ ${digits(goals.megabytes)}`,
    verdict(goals.megabytes, peak),
    digits(middle((rebuilt) => rebuilt.ownPeak ?? NaN) / 1_000_000),
  ];
}
