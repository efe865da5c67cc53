import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { digits, printTable, verdict } from './figures.js';
import { historyLog } from './history-log.js';
import type { HistoryFigures } from './history-process.js';

const goals = { rebuilt: 30_000, exported: 50_000, megabytes: 500, milliseconds: 50 };

/** How many events the log has; `ANNALS_BENCH_EVENTS` makes it smaller while something is developed. */
const events = Number(process.env['ANNALS_BENCH_EVENTS'] ?? 1_000_000);

/** The history of a big log: building it from nothing, asking it, and exporting it. */
export async function historyBenchmark(): Promise<void> {
  const folder = await historyLog(events);
  const child = fork(fileURLToPath(new URL('history-process.js', import.meta.url)), [folder]);
  const [figures] = (await once(child, 'message')) as [HistoryFigures];
  await once(child, 'exit');
  printThroughput(figures);
  const rows = figures.asked.map(({ question, p50, p99 }) => [
    question,
    digits(p50),
    digits(p99),
    `≤ ${goals.milliseconds}`,
    verdict(goals.milliseconds, p99),
  ]);
  printTable('Asking the history', ['', 'p50 ms', 'p99 ms', 'goal', ''], rows);
}

function printThroughput({ events, models, seconds, peak, longestTurn, exported }: HistoryFigures): void {
  const rebuilt = events / seconds;
  const written = exported.entries / exported.seconds;
  const columns = ['', 'seconds', '/s', 'goal', '', 'memory MB'];
  printTable('The history of a big log', columns, [
    [
      `rebuild, ${digits(events)} events of ${digits(models)} models`,
      digits(seconds),
      digits(rebuilt),
      `≥ ${digits(goals.rebuilt)}`,
      verdict(rebuilt, goals.rebuilt),
      `${digits(peak / 1e6)} peak`,
    ],
    [
      `export, ${digits(exported.entries)} entries`,
      digits(exported.seconds),
      digits(written),
      `≥ ${digits(goals.exported)}`,
      verdict(written, goals.exported),
      `+${digits(exported.grown / 1e6)}`,
    ],
  ]);
  console.log(`\nWhile it was rebuilt, others waited ${digits(longestTurn)} ms for their turn at most.`);
}
