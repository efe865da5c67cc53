import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

describe('a write with an Idempotency-Key', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer();
    await server.mlflow('POST', 'registered-models/create', { name: 'm' });
  });

  afterEach(() => server.close());

  const key = (value: string) => ({ 'idempotency-key': value });
  const version = { name: 'm', source: 's3://bucket/model' };

  it('gets the first answer when it is repeated, whatever happened since', async () => {
    const first = await server.mlflow('POST', 'model-versions/create', version, key('k'));
    await server.mlflow('POST', 'model-versions/create', version);
    await server.mlflow('PATCH', 'model-versions/update', {
      name: 'm',
      version: '1',
      description: 'changed',
    });
    const again = await server.mlflow('POST', 'model-versions/create', version, key('k'));
    expect(again.body).toEqual(first.body);
  });

  it('is executed once when it is sent many times at once', async () => {
    const send = () => server.mlflow('POST', 'model-versions/create', version, key('k'));
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map(({ body }) => body['model_version']?.['version']))).toEqual(new Set(['1']));
  });

  it('registers a model once when it is sent many times at once', async () => {
    const send = () => server.mlflow('POST', 'registered-models/create', { name: 'new' }, key('k'));
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('is refused when the key came with another request', async () => {
    await server.mlflow('POST', 'model-versions/create', version, key('k'));
    const other = await server.mlflow('POST', 'model-versions/create', { ...version, run_id: 'r' }, key('k'));
    expect(other.status).toBe(409);
    expect(other.body['error_code']).toBe('RESOURCE_CONFLICT');
  });

  it('remembers the key of a command that changed nothing', async () => {
    const tag = { name: 'm', key: 'a' };
    await server.mlflow('DELETE', 'registered-models/delete-tag', tag, key('k'));
    await server.mlflow('POST', 'registered-models/set-tag', { ...tag, value: '1' });
    const again = await server.mlflow('DELETE', 'registered-models/delete-tag', tag, key('k'));
    const { body } = await server.mlflow('GET', 'registered-models/get?name=m');
    expect(again.status).toBe(200);
    expect(body['registered_model']).toHaveProperty('tags', [{ key: 'a', value: '1' }]);
  });

  it('may be tried again after a refusal', async () => {
    const alias = { name: 'm', alias: 'champion', version: '1' };
    expect((await server.mlflow('POST', 'registered-models/alias', alias, key('k'))).status).toBe(404);
    await server.mlflow('POST', 'model-versions/create', version);
    expect((await server.mlflow('POST', 'registered-models/alias', alias, key('k'))).status).toBe(200);
  });

  it('does not meet the key of another user', async () => {
    const as = (user: string) => ({ authorization: `Basic ${btoa(`${user}:secret`)}`, ...key('k') });
    await server.mlflow('POST', 'model-versions/create', version, as('ana'));
    const other = await server.mlflow('POST', 'model-versions/create', version, as('ben'));
    expect(other.body['model_version']).toHaveProperty('version', '2');
  });

  it('is refused with a key that is empty or too long', async () => {
    for (const bad of [' ', 'x'.repeat(256)]) {
      const answer = await server.mlflow('POST', 'model-versions/create', version, key(bad));
      expect(answer.status).toBe(400);
    }
  });
});
