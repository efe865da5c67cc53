import { existsSync } from 'node:fs';
import { readConfig } from './config.js';
import { ConfigError } from './config-error.js';
import type { Config } from './config.js';
import { createLogger } from './logging.js';
import { startServer } from './server.js';

/** Runs the service until it is told to stop: by SIGTERM or SIGINT, and at once by a second one. */
export async function run(): Promise<void> {
  const config = configOrExit();
  const log = createLogger(config.logLevel);
  const server = await startServer(config, log).catch((error: unknown) => {
    log.fatal({ err: error }, 'Annals cannot start');
    return fail(explained(error, config));
  });
  log.info({ url: server.url, data: config.dataDirectory }, `Annals listens on ${server.url}`);
  const stop = async (signal: NodeJS.Signals) => {
    process.once(signal, () => process.exit(1));
    log.info({ signal }, 'Annals stops');
    await server.close();
    log.info('Annals has stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, (name) => void stop(name));
}

function configOrExit(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return fail(error);
    throw error;
  }
}

function explained(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE') return error;
  return new Error(
    `Port ${port} of ${host} is in use: stop what listens there, or set ANNALS_PORT to another one.`,
  );
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
