import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incident, untilNoticed } from '../../support/native/fraud-incident.js';
import { startTestServer } from '../../support/server.js';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer();
  await untilNoticed(server);
});

afterAll(() => server.close());

describe('pages', () => {
  it.each([
    '/models',
    '/stages',
    '/audit',
    '/audit?order=oldestFirst',
    '/audit/production-changes',
    `/models/${incident.path}/versions?deleted=included`,
    `/models/${incident.path}/versions/1/transitions`,
    `/models/${incident.path}/stages/Production/occupancy`,
  ])('of one item and of a thousand hold the same: %s', async (path) => {
    const and = path.includes('?') ? '&' : '?';
    const one = await server.all(`${path}${and}limit=1`);
    expect(one.length).toBeGreaterThan(1);
    const { body } = await server.get(`${path}${and}limit=1000`);
    // How long it has been there is as of the page, and all are as of the first.
    expect(one).toEqual(body.items);
  });

  it('are all as of the first, whatever happens between them', async () => {
    const first = await server.get('/models?limit=1');
    await server.mlflow('POST', 'registered-models/create', { name: `later ${Math.random()}` });
    const second = await server.get(String(first.body.next).slice('/api/v1'.length));
    expect(second.body.asOf).toEqual(first.body.asOf);
    expect(second.body.next).toBeNull();
    expect(first.headers.get('link')).toBe(`<${first.body.next}>; rel="next"`);
  });

  it('go on with the same query only', async () => {
    const { body } = await server.get('/audit?limit=1&actor=ana');
    const after = new URL(`http://x${body.next}`).searchParams.get('after');
    expect((await server.get(`/audit?limit=7&actor=ana&after=${after}`)).status).toBe(200);
    for (const path of [`/audit?actor=ben&after=${after}`, `/models?after=${after}`, '/models?after=W10']) {
      const answer = await server.get(path);
      expect([answer.status, answer.body.errors[0].parameter]).toEqual([400, 'after']);
    }
  });
});

describe('formats', () => {
  it('are chosen by the parameter, then by what the client likes best', async () => {
    const type = async (query: string, accept?: string) =>
      (await server.get(`/audit${query}`, accept === undefined ? {} : { accept })).headers.get(
        'content-type',
      );
    expect(await type('')).toContain('application/json');
    expect(await type('', 'text/html, */*;q=0.1')).toContain('application/json');
    expect(await type('', 'text/csv')).toContain('text/csv');
    expect(await type('', 'text/csv;q=0.5, application/x-ndjson')).toContain('application/x-ndjson');
    expect(await type('?format=csv', 'application/json')).toContain('text/csv');
    const { status, body } = await server.get('/audit', { accept: 'application/xml' });
    expect([status, body.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('say the same', async () => {
    const entries = await server.all('/audit?order=oldestFirst');
    const { text, headers } = await server.get('/audit?format=ndjson');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(entries);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="annals-audit-\d+\.ndjson"$/);
    expect(headers.get('x-as-of-position')).toMatch(/^\d+$/);
    const csv = await server.get('/audit?format=csv');
    expect(csv.text.split('\r\n')).toHaveLength(entries.length + 2);
  });

  it('of everything at once have no pages', async () => {
    const first = await server.get('/audit?limit=1');
    const after = new URL(`http://x${first.body.next}`).searchParams.get('after');
    for (const query of ['limit=10', `after=${after}`]) {
      const { status, body } = await server.get(`/audit?${query}`, { accept: 'text/csv' });
      expect([status, body.errors[0].parameter]).toEqual([400, query.split('=')[0]]);
    }
  });
});

describe('ETag', () => {
  it('answers a client that has it with a 304, until the model changes', async () => {
    for (const path of [`/models/${incident.path}`, `/models/${incident.path}/versions/2`]) {
      const { headers } = await server.get(path);
      const etag = headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\da-f-]{36}\.\d+"$/);
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const answer = await server.get(path, { 'if-none-match': known });
        expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', etag]);
      }
      const tag = { name: incident.model, key: 'changed', value: path };
      await server.mlflow('POST', 'registered-models/set-tag', tag, as('ana'));
      expect((await server.get(path, { 'if-none-match': etag })).status).toBe(200);
    }
  });

  it('is not of the past', async () => {
    const { body } = await server.get(`/models/${incident.path}`);
    const past = `/models/${incident.path}?asOf=position:${body.asOf.position}`;
    const answer = await server.get(past, { 'if-none-match': '*' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, null]);
  });
});

describe('a read', () => {
  it('sees what was written just before it', async () => {
    for (let count = 0; count < 20; count += 1) {
      const description = `Number ${count}`;
      const change = { name: 'iris', description };
      await server.mlflow('PATCH', 'registered-models/update', change, as('ana'));
      expect((await server.get('/models/iris')).body.model.description).toBe(description);
    }
  });

  it('has the same answers behind a prefix', async () => {
    const prefixed = await startTestServer({ ANNALS_STATIC_PREFIX: '/mlflow' });
    try {
      const { body } = await prefixed.send('GET', '/mlflow/api/v1/openapi.json');
      expect(body['servers']).toEqual([{ url: '/mlflow/api/v1' }]);
      const nothing = await prefixed.send('GET', '/mlflow/api/v1/nothing');
      expect(nothing.body['type']).toBe('/mlflow/api/v1/problems/endpoint-not-found');
    } finally {
      await prefixed.close();
    }
  });
});
