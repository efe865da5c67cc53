import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';

const doubles = new Doubles();

let folder: string;
let double: EventStoreDbDouble;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'annals-eventstoredb-'));
  double = await doubles.start({ file: join(folder, 'log') });
  server = await startTestServer({ ANNALS_EVENTSTORE: double.connectionString });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const create = (name: string) => server.mlflow('POST', 'registered-models/create', { name });
const get = (name: string) => server.mlflow('GET', `registered-models/get?name=${name}`);

async function untilReady(ready: boolean): Promise<Record<string, unknown>> {
  for (;;) {
    const { status, body } = await server.send('GET', '/health/ready');
    if ((status === 200) === ready) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a server with its log in EventStoreDB', () => {
  it('serves what it has stored there', async () => {
    await create('iris');
    const version = await server.mlflow('POST', 'model-versions/create', {
      name: 'iris',
      source: 's3://b/m',
    });
    expect(version).toMatchObject({ status: 200, body: { model_version: { version: '1' } } });
    expect((await get('iris')).status).toBe(200);
    // Whoever sends webhooks notes that there, too.
    expect((await double.calls()).made.append).toBeGreaterThanOrEqual(3);
  });

  it('builds its read model from a log that is there already', async () => {
    await create('iris');
    await server.close();
    server = await startTestServer({ ANNALS_EVENTSTORE: double.connectionString });
    expect((await get('iris')).status).toBe(200);
  });

  it('says that it is not ready while the log is away, goes on reading, and recovers by itself', async () => {
    await create('iris');
    await double.kill();

    expect(await untilReady(false)).toMatchObject({
      status: 'not ready',
      log_failure: expect.stringContaining('The log is unavailable'),
    });
    const metrics = await server.send('GET', '/metrics');
    expect(metrics.status).toBe(200);
    expect(metrics.body).toContain('annals_log_reachable 0');
    expect((await get('iris')).status).toBe(200);
    const refused = await create('wine');
    expect(refused).toMatchObject({ status: 503, body: { error_code: 'TEMPORARILY_UNAVAILABLE' } });
    expect(refused.headers.get('retry-after')).toBe('1');

    doubles.keep(await double.restart());
    await untilReady(true);
    expect((await create('wine')).status).toBe(200);
    expect((await get('wine')).status).toBe(200);
    const { body } = await server.send('GET', '/metrics');
    expect(body).toContain('annals_log_reachable 1');
    expect(body).toMatch(/annals_projection_subscription_drops_total\{projection="registry"\} [1-9]/);
  });

  it('makes one version of a write of which the reply was lost', async () => {
    await create('iris');
    await double.fail('append', { kind: 'lose reply' }, 1);
    const version = await server.mlflow('POST', 'model-versions/create', {
      name: 'iris',
      source: 's3://b/m',
    });
    expect(version).toMatchObject({ status: 200, body: { model_version: { version: '1' } } });
    const { body } = await server.mlflow('GET', 'model-versions/search');
    expect(body['model_versions']).toHaveLength(1);
  });
});
