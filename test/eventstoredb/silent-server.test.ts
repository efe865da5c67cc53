import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';

const doubles = new Doubles();

let double: EventStoreDbDouble;
let server: TestServer;
beforeEach(async () => {
  double = await doubles.start();
  server = await startTestServer({ ANNALS_EVENTSTORE: double.connectionString });
});
afterEach(() => server.close());

const version = { name: 'iris', source: 's3://bucket/model' };
const writeOnce = () =>
  server.mlflow('POST', 'model-versions/create', version, { 'idempotency-key': 'once' });

async function metric(line: RegExp): Promise<boolean> {
  const response = await fetch(`${server.url}/metrics`);
  return line.test(await response.text());
}

describe('a service whose EventStoreDB falls silent with every connection open', () => {
  beforeEach(() => server.mlflow('POST', 'registered-models/create', { name: 'iris' }));

  it('says after ten seconds that a write may be stored, and how to find out', async () => {
    await double.fail('append', { kind: 'hang' });
    const began = performance.now();
    const unknown = await writeOnce();
    expect(performance.now() - began).toBeLessThan(18_000);
    expect(unknown).toMatchObject({
      status: 503,
      body: {
        error_code: 'TEMPORARILY_UNAVAILABLE',
        message: expect.stringContaining('Send the request again with the same Idempotency-Key'),
      },
    });
    expect(await metric(/annals_log_append_retries_total [1-9]/)).toBe(true);

    await double.heal();
    expect(await writeOnce()).toMatchObject({ status: 200, body: { model_version: { version: '1' } } });
    expect(await writeOnce()).toMatchObject({ status: 200, body: { model_version: { version: '1' } } });
    const { body } = await server.mlflow('GET', 'model-versions/search');
    expect(body['model_versions']).toHaveLength(1);
  });

  it('notices it, and takes up its work when the server does', async () => {
    double.freeze();
    while (!(await metric(/annals_projection_subscription_drops_total\{projection="registry"\} [1-9]/))) {
      const ready = await server.send('GET', '/health/ready');
      expect(ready.status).toBe(503);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    double.thaw();
    while ((await server.send('GET', '/health/ready')).status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await writeOnce()).status).toBe(200);
    const { body } = await server.mlflow('GET', 'model-versions/search');
    expect(body['model_versions']).toHaveLength(1);
  });
});
