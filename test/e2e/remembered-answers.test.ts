import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

describe('a read that is asked again', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.mlflow('POST', 'registered-models/create', { name: 'm' });
    await server.mlflow('POST', 'model-versions/create', { name: 'm', source: 's3://bucket/model' });
  });

  afterAll(() => server.close());

  const path = 'model-versions/search?max_results=5';
  const read = () => server.mlflow('GET', path);

  it('gets the same answer with the same headers', async () => {
    const [first, second] = [await read(), await read()];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('shows every change at once', async () => {
    for (const value of ['1', '2', '3']) {
      await read();
      await server.mlflow('POST', 'model-versions/set-tag', { name: 'm', version: '1', key: 'k', value });
      expect((await read()).body['model_versions']).toMatchObject([{ tags: [{ key: 'k', value }] }]);
    }
  });

  it('does not see what is not there for ever', async () => {
    const later = () => server.mlflow('GET', 'registered-models/get-latest-versions?name=later');
    expect([(await later()).status, (await later()).status]).toEqual([404, 404]);
    await server.mlflow('POST', 'registered-models/create', { name: 'later' });
    expect((await later()).status).toBe(200);
  });

  it('is refused as ever when it is meant for a workspace', async () => {
    await read();
    const answer = await server.mlflow('GET', path, undefined, { 'x-mlflow-workspace': 'team' });
    expect(answer.body['error_code']).toBe('FEATURE_DISABLED');
  });

  it('is counted as ever', async () => {
    await read();
    await read();
    const { body: metrics } = await server.send('GET', '/metrics');
    expect(metrics).toMatch(
      /_count\{method="GET",route="\/api\/2.0\/mlflow\/model-versions\/search",status="200"\} \d+/,
    );
  });
});
