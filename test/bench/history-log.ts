import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { busyRegistry, upTo } from './busy-log.js';
import { digits } from './figures.js';
import { write } from './model-history.js';
import { newDataFolder } from './places.js';

/** Writes a log of this many events of models that have about 200 each; answers its folder. */
export async function historyLog(events: number): Promise<string> {
  const folder = newDataFolder('history');
  const store = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
  const began = performance.now();
  await write(store, upTo(events, busyRegistry({ versions: { least: 15, span: 70 } })));
  await store.close();
  console.log(
    `\n(a log of ${events} events was written in ${digits((performance.now() - began) / 1_000)} s)`,
  );
  return folder;
}
