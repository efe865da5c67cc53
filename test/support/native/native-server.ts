import { expect } from '@jest/globals';
import { startTestServer } from '../server.js';
import type { TestServer } from '../server.js';
import { deviations } from './answer-schemas.js';

/** What a request to the native API was answered with. Every answer has been compared with the OpenAPI document. */
export interface NativeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of JSON, what it says. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** A server, and what is said to `/api/v1`. */
export interface NativeServer extends TestServer {
  get(path: string, headers?: Record<string, string>): Promise<NativeAnswer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<NativeAnswer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<NativeAnswer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<NativeAnswer>;
  delete(path: string, body?: unknown, headers?: Record<string, string>): Promise<NativeAnswer>;
  /** Any request, without comparison. */
  raw(method: string, path: string, init?: RequestInit): Promise<NativeAnswer>;
  /** The items of all pages. */
  all(path: string): Promise<unknown[]>;
}

/** User and password as MLflow's clients send them. */
export function as(user: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:secret`).toString('base64')}` };
}

export async function startNativeServer(environment: Record<string, string> = {}): Promise<NativeServer> {
  const server = await startTestServer(environment);
  const raw: NativeServer['raw'] = async (method, path, init = {}) => {
    const response = await fetch(`${server.url}${path}`, { method, ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    const isLines = response.headers.get('content-type')?.includes('ndjson');
    const body: unknown = isJson && !isLines ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, text, body };
  };
  const compared: NativeServer['raw'] = async (method, path, init) => {
    const answer = await raw(method, `/api/v1${path}`, init);
    const { status, headers, body } = answer;
    const type = headers.get('content-type') ?? '';
    expect(deviations({ method, path: `/api/v1${path}`, status, type, body })).toEqual([]);
    return answer;
  };
  const get: NativeServer['get'] = (path, headers = {}) => compared('GET', path, { headers });
  const writeBy =
    (method: string): NativeServer['post'] =>
    (path, body, headers = {}) =>
      compared(method, path, {
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
  const all: NativeServer['all'] = async (path) => {
    const items: unknown[] = [];
    for (let next: string | null = path; next !== null;) {
      const { status, body } = await get(next.replace(/^\/api\/v1/, ''));
      expect(status).toBe(200);
      items.push(...(body.items as unknown[]));
      next = body.next as string | null;
    }
    return items;
  };
  while ((await raw('GET', '/api/v1/models?limit=1')).status !== 200) await new Promise(setImmediate);
  const writes = {
    post: writeBy('POST'),
    put: writeBy('PUT'),
    patch: writeBy('PATCH'),
    delete: writeBy('DELETE'),
  };
  return { ...server, raw, get, ...writes, all };
}
