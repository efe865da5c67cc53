import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnalsProcess } from '../support/annals-process.js';
import type { LogServer } from '../support/eventstoredb/log-server.js';
import { startLogServer } from '../support/eventstoredb/log-server.js';

/** Two processes of the service that know of each other by the log alone. */
export interface TwoNodes {
  readonly one: AnnalsProcess;
  readonly other: AnnalsProcess;
  /** Of the log's server. */
  readonly connectionString: string;
  /** Resolves when both have read everything that is recorded now. */
  untilCaughtUp(): Promise<void>;
  end(): Promise<void>;
}

export async function startTwoNodes(settings: Record<string, string> = {}): Promise<TwoNodes> {
  const folder = mkdtempSync(join(tmpdir(), 'annals-nodes-'));
  const log: LogServer = await startLogServer();
  const start = (name: string) =>
    AnnalsProcess.start(join(folder, name), { ANNALS_EVENTSTORE: log.connectionString, ...settings });
  const [one, other] = await Promise.all([start('one'), start('other')]);
  const both = [one, other];
  return {
    one,
    other,
    connectionString: log.connectionString,
    untilCaughtUp: async () => void (await Promise.all(both.map((node) => node.untilCaughtUp()))),
    end: async () => {
      await Promise.all(both.map((node) => node.kill()));
      await log.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
