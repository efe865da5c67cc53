import { join } from 'node:path';
import { freePort, startChildServer } from './child-server.js';
import type { ChildServer } from './child-server.js';
import { checkout } from './places.js';
import { profiling } from './profiling.js';

/**
 * Starts Annals on the data in a folder, as it was built last. With `PROFILE` set to a folder, its processor profile
 * is written there when it stops.
 *
 * @param settings of its own, such as `ANNALS_EVENTSTORE`
 */
export async function startAnnals(data: string, settings: NodeJS.ProcessEnv = {}): Promise<ChildServer> {
  const port = await freePort();
  return startChildServer({
    command: process.execPath,
    args: [...profiling(), join(checkout, 'dist/main.js')],
    port,
    directory: checkout,
    environment: { ...annalsEnvironment(data, port), ...settings },
    readyPath: '/health/ready',
  });
}

/** Nothing of an operator's own settings, and no log line for each write: the servers it is measured against write none. */
export function annalsEnvironment(data: string, port: number): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ANNALS_'));
  return {
    ...Object.fromEntries(own),
    ANNALS_PORT: String(port),
    ANNALS_DATA: data,
    ANNALS_LOG_LEVEL: 'warn',
  };
}
