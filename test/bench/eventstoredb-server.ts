import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { checkout } from './places.js';
import { profiling } from './profiling.js';

/** What keeps the log that is not embedded. */
export interface EventStoreDbServer {
  readonly address: string;
  stop(): Promise<void>;
}

export const realServer = process.env['EVENTSTORE_URL'];

/** The server that `EVENTSTORE_URL` names, or else a new and empty double, in a process of its own. */
export async function startEventStoreDb(): Promise<EventStoreDbServer> {
  return realServer === undefined ? startDouble() : { address: realServer, stop: async () => undefined };
}

/** From its sources: nothing has to be built for it. It ends when its standard input does. */
async function startDouble(): Promise<EventStoreDbServer> {
  const support = join(checkout, 'test/support');
  const loader = pathToFileURL(join(support, 'typescript.mjs')).href;
  const child = spawn(
    process.execPath,
    [...profiling(), '--import', loader, join(support, 'eventstoredb/server.ts'), '{}'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const [first] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => {
      throw new Error('The double of EventStoreDB has ended before it was ready');
    }),
  ])) as [string];
  const { port } = JSON.parse(first) as { port: number };
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return { address: `esdb://127.0.0.1:${port}?tls=false`, stop };
}
