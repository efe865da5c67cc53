import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../src/config.js';
import { startServer } from '../../src/server.js';

/** What the service writes to its log about requests, while they are sent to it. */
async function loggedDuring(send: (url: string) => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const config = readConfig({ ANNALS_PORT: '0', ANNALS_DATA: ':memory:' });
  const server = await startServer(config, pino({ level: 'info' }, { write: (line) => lines.push(line) }));
  await send(`${server.url}/api/2.0/mlflow/registered-models/create`);
  await server.close();
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'request');
}

function create(name: string, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name }),
  };
}

describe('the log of a write', () => {
  it('says which request it was and what it belongs to', async () => {
    const ids = { 'x-request-id': 'request-1', 'x-correlation-id': 'deployment-7' };
    const logged = await loggedDuring((url) => fetch(url, create('m', ids)));
    expect(logged).toMatchObject([
      { requestId: 'request-1', correlationId: 'deployment-7', method: 'POST', level: 30 },
    ]);
  });

  it('gives a request that has no ids one of its own, and answers with it', async () => {
    let answered: string | null = null;
    const [logged] = await loggedDuring(async (url) => {
      answered = (await fetch(url, create('m'))).headers.get('x-request-id');
    });
    expect(logged?.['requestId']).toBe(answered);
    expect(logged?.['correlationId']).toBe(answered);
  });
});
