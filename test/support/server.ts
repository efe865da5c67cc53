import 'reflect-metadata';
import { createLogger } from '../../src/logging.js';
import { readConfig } from '../../src/config.js';
import { startServer } from '../../src/server.js';
import type { RunningServer } from '../../src/server.js';

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never>;
}

/** A whole server on a free port, and what a client says to it. */
export interface TestServer extends RunningServer {
  /** Any request; a body that is no text is sent as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A request to MLflow's API; `path` as in `registered-models/create`. */
  mlflow(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** Starts a server whose databases are in memory, or in a folder, and waits until it is ready. */
export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const config = readConfig({
    ANNALS_PORT: '0',
    ANNALS_DATA: ':memory:',
    ANNALS_LOG_LEVEL: 'silent',
    ...environment,
  });
  const server = await startServer(config, createLogger(config.logLevel));
  const send: TestServer['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  while ((await send('GET', '/health/ready')).status !== 200) await new Promise(setImmediate);
  const mlflow: TestServer['mlflow'] = (method, path, body, headers) =>
    send(method, `/api/2.0/mlflow/${path}`, body, headers);
  return { ...server, send, mlflow };
}
