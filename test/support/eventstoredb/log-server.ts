import { EventStoreDbDouble } from './eventstoredb-double.js';

/** What keeps the log of a test that injects no faults. */
export interface LogServer {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** The real server that `EVENTSTORE_URL` names, or else a double. Others may have streams on it. */
export async function startLogServer(): Promise<LogServer> {
  const connectionString = process.env['EVENTSTORE_URL'];
  if (connectionString === undefined) return EventStoreDbDouble.start();
  return { connectionString, stop: async () => undefined };
}
