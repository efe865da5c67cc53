import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const time = expect.any(Number);

describe('the registry over HTTP', () => {
  let server: TestServer;
  let names = 0;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  async function registered(versions = 0): Promise<string> {
    const name = `model ${(names += 1)}`;
    await server.mlflow('POST', 'registered-models/create', { name });
    for (let i = 0; i < versions; i += 1) {
      await server.mlflow('POST', 'model-versions/create', { name, source: 's3://bucket/model' });
    }
    return name;
  }

  const stagesOf = async (name: string) => {
    const { body } = await server.mlflow(
      'GET',
      `model-versions/search?filter=name%3D'${name}'&order_by=version_number`,
    );
    const versions: { version: string; current_stage: string }[] = body['model_versions'] ?? [];
    return Object.fromEntries(versions.map(({ version, current_stage }) => [version, current_stage]));
  };

  it('answers a new model without the fields that were never set', async () => {
    const { status, body } = await server.mlflow('POST', 'registered-models/create', { name: 'bare' });
    expect(status).toBe(200);
    expect(body).toEqual({
      registered_model: { name: 'bare', creation_timestamp: time, last_updated_timestamp: time },
    });
  });

  it('answers a new version with empty texts for what was not given', async () => {
    const name = await registered();
    const { body } = await server.mlflow('POST', 'model-versions/create', {
      name,
      source: 's3://bucket/model',
    });
    expect(body).toEqual({
      model_version: {
        name,
        version: '1',
        creation_timestamp: time,
        last_updated_timestamp: time,
        current_stage: 'None',
        description: '',
        source: 's3://bucket/model',
        run_id: '',
        status: 'READY',
        run_link: '',
      },
    });
  });

  it('shows a model with its newest versions, tags and aliases', async () => {
    const name = await registered(2);
    await server.mlflow('POST', 'registered-models/set-tag', { name, key: 'team', value: 'risk' });
    await server.mlflow('POST', 'registered-models/alias', { name, alias: 'champion', version: '2' });
    const { body } = await server.mlflow('GET', `registered-models/get?name=${name}`);
    expect(body).toEqual({
      registered_model: {
        name,
        creation_timestamp: time,
        last_updated_timestamp: time,
        latest_versions: [expect.objectContaining({ version: '2', current_stage: 'None' })],
        tags: [{ key: 'team', value: 'risk' }],
        aliases: [{ alias: 'champion', version: '2' }],
      },
    });
  });

  it('shows aliases with a version but not in a search', async () => {
    const name = await registered(1);
    await server.mlflow('POST', 'registered-models/alias', { name, alias: 'champion', version: '1' });
    const one = await server.mlflow('GET', `model-versions/get?name=${name}&version=1`);
    const found = await server.mlflow('GET', `model-versions/search?filter=name%3D'${name}'`);
    expect(one.body['model_version']).toHaveProperty('aliases', ['champion']);
    expect(found.body['model_versions']?.[0]).not.toHaveProperty('aliases');
  });

  it('moves a version and archives what was there', async () => {
    const name = await registered(2);
    await server.mlflow('POST', 'model-versions/transition-stage', {
      name,
      version: '1',
      stage: 'Production',
    });
    const { body } = await server.mlflow('POST', 'model-versions/transition-stage', {
      name,
      version: '2',
      stage: 'production',
      archive_existing_versions: true,
    });
    expect(body['model_version']).toHaveProperty('current_stage', 'Production');
    expect(await stagesOf(name)).toEqual({ '1': 'Archived', '2': 'Production' });
  });

  it('numbers 80 versions that are created at once from 1 to 80', async () => {
    const name = await registered();
    const create = () =>
      server.mlflow('POST', 'model-versions/create', { name, source: 's3://bucket/model' });
    const answers = await Promise.all(Array.from({ length: 80 }, create));
    const numbers = answers.map(({ body }) => Number(body['model_version']?.['version']));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  });

  it('leaves exactly one version in Production after 40 transitions with archiving at once', async () => {
    const name = await registered(40);
    const promote = (version: string) =>
      server.mlflow('POST', 'model-versions/transition-stage', {
        name,
        version,
        stage: 'Production',
        archive_existing_versions: true,
      });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => promote(String(index + 1))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const stages = Object.values(await stagesOf(name)).sort();
    expect(stages.filter((stage) => stage === 'Production')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'Archived')).toHaveLength(39);
  });

  it('lets one of 40 clients register a name and refuses the others', async () => {
    const create = () => server.mlflow('POST', 'registered-models/create', { name: 'wanted' });
    const answers = await Promise.all(Array.from({ length: 40 }, create));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(39);
    expect(new Set(refused.map(({ body }) => body['message']))).toEqual(
      new Set(['Registered Model (name=wanted) already exists.']),
    );
  });

  it('drops the aliases of a deleted version', async () => {
    const name = await registered(1);
    await server.mlflow('POST', 'registered-models/alias', { name, alias: 'champion', version: '1' });
    await server.mlflow('DELETE', 'model-versions/delete', { name, version: '1' });
    const { status, body } = await server.mlflow(
      'GET',
      `registered-models/alias?name=${name}&alias=champion`,
    );
    expect(status).toBe(400);
    expect(body['message']).toBe('Registered model alias champion not found.');
  });

  it('never uses the number of a deleted version again', async () => {
    const name = await registered(2);
    await server.mlflow('DELETE', 'model-versions/delete', { name, version: '2' });
    const { body } = await server.mlflow('POST', 'model-versions/create', {
      name,
      source: 's3://bucket/model',
    });
    expect(body['model_version']).toHaveProperty('version', '3');
  });

  it('frees the old name of a renamed model', async () => {
    const name = await registered(1);
    await server.mlflow('POST', 'registered-models/rename', { name, new_name: `${name} renamed` });
    expect((await server.mlflow('GET', `registered-models/get?name=${name}`)).status).toBe(404);
    expect((await server.mlflow('POST', 'registered-models/create', { name })).status).toBe(200);
    const { body } = await server.mlflow('GET', `model-versions/get?name=${name} renamed&version=1`);
    expect(body['model_version']).toHaveProperty('name', `${name} renamed`);
  });

  it('starts a deleted name again at version 1', async () => {
    const name = await registered(3);
    await server.mlflow('DELETE', 'registered-models/delete', { name });
    await server.mlflow('POST', 'registered-models/create', { name });
    const { body } = await server.mlflow('POST', 'model-versions/create', {
      name,
      source: 's3://bucket/model',
    });
    expect(body['model_version']).toHaveProperty('version', '1');
  });

  it('pages through a search with each row once', async () => {
    const name = await registered(25);
    const seen: string[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const query = new URLSearchParams({ filter: `name='${name}'`, max_results: '10', page_token: token });
      const { body } = await server.mlflow('GET', `model-versions/search?${query.toString()}`);
      const versions: { version: string }[] = body['model_versions'] ?? [];
      seen.push(...versions.map(({ version }) => version));
      token = body['next_page_token'];
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(25 - index)));
  });

  it('speaks to the browser under ajax-api', async () => {
    const name = await registered(1);
    const { body } = await server.send(
      'GET',
      `/ajax-api/2.0/mlflow/model-versions/get?name=${name}&version=1`,
    );
    expect(body['model_version']).toHaveProperty('version', '1');
  });

  it('reads a GET without a query from its body', async () => {
    const name = await registered(1);
    const { request } = await import('node:http');
    const body = JSON.stringify({ name });
    const answer = await new Promise<string>((resolve, reject) => {
      const url = `${server.url}/api/2.0/mlflow/registered-models/get`;
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      request(url, { method: 'GET', headers }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end(body);
    });
    expect(JSON.parse(answer)).toHaveProperty('registered_model.name', name);
  });
});

describe('a server with a static prefix', () => {
  it('answers MLflow under the prefix only, and operators as ever', async () => {
    const server = await startTestServer({ ANNALS_STATIC_PREFIX: '/mlflow' });
    const search = '/api/2.0/mlflow/registered-models/search';
    expect((await server.send('GET', `/mlflow${search}`)).status).toBe(200);
    expect((await server.send('GET', search)).status).toBe(404);
    expect((await server.send('GET', '/health')).status).toBe(200);
    await server.close();
  });
});
