import { fileURLToPath } from 'node:url';
import { freePort, startChildServer } from './child-server.js';
import type { ChildServer } from './child-server.js';
import { checkout } from './places.js';

/** Starts one of the scripts beside this one on the same Node; it gets the port and what else is given. */
export async function startNodeServer(script: string, ...args: readonly string[]): Promise<ChildServer> {
  const port = await freePort();
  return startChildServer({
    command: process.execPath,
    args: [fileURLToPath(new URL(script, import.meta.url)), String(port), ...args],
    port,
    directory: checkout,
    environment: process.env,
    readyPath: '/ready',
  });
}
