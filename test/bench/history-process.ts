import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { createLogger } from '../../src/logging.js';
import { openHistory } from '../../src/projections/history/open-history.js';
import { exportAll } from './history-export.js';
import type { Exported } from './history-export.js';
import { askAll } from './history-questions.js';
import type { Asked } from './history-questions.js';

/** What a rebuild took, and what asking afterwards did. */
export interface HistoryFigures {
  readonly events: number;
  readonly models: number;
  readonly seconds: number;
  /** The most memory that the process had by the end of the rebuild, in bytes. */
  readonly peak: number;
  /** The longest time in which nothing else had its turn during the rebuild, in milliseconds. */
  readonly longestTurn: number;
  readonly asked: readonly Asked[];
  readonly exported: Exported;
}

/** Builds the history of the data folder that it is given, and asks it. */
const data = process.argv[2] ?? '';
const store = EmbeddedEventStore.open(join(data, 'log.sqlite'));
const history = openHistory(join(data, 'history.sqlite'), store, createLogger('warn'));
const turns = monitorEventLoopDelay({ resolution: 5 });
turns.enable();
const began = performance.now();
await history.runner.start();
while (!history.runner.hasCaughtUp) await pause(5);
const seconds = (performance.now() - began) / 1_000;
turns.disable();
const peak = process.resourceUsage().maxRSS * 1_024;
const figures: HistoryFigures = {
  events: await store.head(),
  models: history.audit.count({ types: ['ModelRegistered'] }),
  seconds,
  peak,
  longestTurn: turns.max / 1e6,
  asked: askAll(history),
  exported: await exportAll(history),
};
await history.runner.stop();
await store.close();
history.close();
process.send?.(figures);
process.disconnect();
