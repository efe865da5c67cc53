import 'reflect-metadata';
import { createLogger } from '../../src/logging.js';
import { readConfig } from '../../src/config.js';
import { startServer } from '../../src/server.js';
import type { RunningServer } from '../../src/server.js';
import type { HttpClient } from './http-client.js';
import { clientOf } from './http-client.js';

/** A whole server on a free port, and what a client says to it. */
export type TestServer = RunningServer & HttpClient;

/** Starts a server whose databases are in memory, or in a folder, and waits until it is ready. */
export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const config = readConfig({
    ANNALS_PORT: '0',
    ANNALS_DATA: ':memory:',
    ANNALS_LOG_LEVEL: 'silent',
    ...environment,
  });
  const server = await startServer(config, createLogger(config.logLevel));
  const client = clientOf(server.url);
  while ((await client.send('GET', '/health/ready')).status !== 200) await new Promise(setImmediate);
  return { ...server, ...client };
}
