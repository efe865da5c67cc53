import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { operations } from '../../../src/http/native/openapi/operations.js';
import { fieldsOf } from '../../../src/http/native/requests/field.js';
import { untilNoticed, incident } from '../../support/native/fraud-incident.js';
import { startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer();
  await untilNoticed(server);
});

afterAll(() => server.close());

/** Something that the parameter is not; free texts take nearly everything. */
const wrong: Readonly<Record<string, string>> = {
  model: 'a%2Fb',
  version: '0',
  stage: 'Prod',
  event: 'no-event',
  left: 'fraud',
  right: 'fraud',
  subject: 'a/b',
  actor: '',
  correlation: '%00',
  prefix: '',
  name: 'a%20b',
  problem: 'a'.repeat(101),
  webhook: 'no-webhook',
  notice: 'a'.repeat(101),
  tag: '%00',
  id: 'a'.repeat(101),
  type: 'a'.repeat(101),
};

/** The model of a filter is a pattern, not one model. */
const wrongIn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/events': { model: '' },
  '/events/stream': { model: '' },
};

const right: Readonly<Record<string, string>> = {
  model: incident.path,
  version: '1',
  stage: 'Production',
  event: 'position:2',
  problem: 'invalid-moment',
  webhook: '0b6c5a52-6d1c-4d5e-9f49-0f6a4f2f4a01',
  notice: 'notice-1',
  id: 'no-event',
  name: 'deployer',
  type: 'io.annals.registry.production.changed.v1',
  left: `${incident.path}/1`,
  right: `${incident.path}/2`,
};

const parameters = operations.flatMap((operation) =>
  [...fieldsOf(operation.request)]
    .filter(([, { place }]) => place !== 'body')
    .map(([name, field]) => [operation.method, operation.path, name, field.place] as const),
);

const requiredOf = (path: string) => {
  const { request } = operations.find((operation) => operation.path === path) ?? {};
  return [...(request ? fieldsOf(request) : [])]
    .filter(([, { place, required }]) => place === 'query' && required)
    .map(([name]) => name);
};

describe('every parameter of every route', () => {
  it.each(parameters)('%s %s says what is wrong with %s', async (method, path, name, place) => {
    const value = wrongIn[path]?.[name] ?? wrong[name] ?? 'nonsense';
    const values = place === 'path' ? { ...right, [name]: value } : right;
    const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => values[part] ?? '');
    const others = requiredOf(path).filter((other) => other !== name);
    const query = [
      ...others.map((other) => `${other}=${right[other]}`),
      ...(place === 'query' ? [`${name}=${value}`] : []),
    ];
    const { status, body } = await server[method](`${filled}?${query.join('&')}`);
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const mistakes = body.errors as { parameter: string; detail: string }[];
    expect(mistakes.map(({ parameter }) => parameter)).toContain(name);
    expect(body.detail).toContain(name);
  });

  it.each(operations.map(({ method, path }) => [method, path] as const))(
    '%s %s refuses a parameter that does not exist, by name',
    async (method, path) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => right[part] ?? '');
      const { status, body } = await server[method](`${filled}?as_of=now`);
      expect(status).toBe(400);
      expect(body.errors).toContainEqual({
        parameter: 'as_of',
        in: 'query',
        detail: expect.stringContaining('There is no parameter "as_of"'),
      });
    },
  );
});

describe('anything', () => {
  const reads = operations.filter(
    ({ method, answers }) => method === 'get' && !('text/event-stream' in answers), // That one does not end.
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      ...Object.values(right).map(decodeURIComponent),
      'position:5',
      '2026-11-24T10:00:00Z',
      '1h',
      '1',
    ),
  );

  it('in any parameter of a read is answered as described, and never with a 500', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reads),
        fc.infiniteStream(fc.option(texts)),
        async ({ path, request }, values) => {
          const next = () => values.next().value?.toWellFormed();
          const filled = path.replace(
            /\{(\w+)\}/g,
            (_, part: string) => encodeURIComponent(next() ?? '') || (right[part] ?? ''),
          );
          const query = [...fieldsOf(request)]
            .filter(([, { place }]) => place === 'query')
            .flatMap(([name]) => {
              const text = next();
              return text === undefined ? [] : [`${name}=${encodeURIComponent(text)}`];
            });
          const { status } = await server.get(`${filled}?${query.join('&')}`);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 500 },
    ));
});

describe('a body', () => {
  const nested = '['.repeat(5_000) + ']'.repeat(5_000);

  it.each([
    ['/webhooks', `{"name": ${nested}, "url": "https://example.org/"}`],
    ['/webhooks', `{"name": "w", "url": "https://example.org/", "filter": {"to": ${nested}}}`],
    [`/models/${incident.path}/rollback`, `{"stage": ${nested}}`],
  ])('of %s that is nested without end is refused', async (path, text) => {
    const { status, body } = await server.post(path, text);
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.detail).toContain('nested');
  });

  it('with a list where one thing is meant is refused, and not taken for that thing', async () => {
    const { body } = await server.post(`/models/${incident.path}/rollback`, { stage: ['Production'] });
    expect(body.errors).toMatchObject([{ parameter: 'stage', detail: expect.stringContaining('is a list') }]);
    const filter = { to: ['Production'] };
    const answer = await server.put('/consumers/lists', { filter });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('to has to be one of');
  });
});

describe('a time or a position', () => {
  it.each([
    ['2000-01-01T00:00:00Z', 'before the log began'],
    ['2999-01-01T00:00:00Z', 'in the future'],
    ['position:0', 'before the log began'],
    ['position:999999', 'past the head'],
  ])('%s is refused with the range that is valid', async (asOf, why) => {
    const queries = ['/models', `/models/${incident.path}`, '/stages', '/audit', '/audit/deletions'];
    for (const path of [...queries, `/diff?left=${incident.path}/1&right=${incident.path}/2`]) {
      const { status, body } = await server.get(`${path}${path.includes('?') ? '&' : '?'}asOf=${asOf}`);
      expect([status, body.code]).toEqual([400, 'INVALID_MOMENT']);
      expect(body.detail).toContain(why);
      expect(body.valid.from.position).toBeGreaterThan(0);
    }
  });

  it('is refused in a window that is upside down, not of this log, or said twice', async () => {
    const refused: [query: string, code: string][] = [
      ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'INVALID_WINDOW'],
      ['from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z', 'INVALID_MOMENT'],
      ['from=2999-01-01T00:00:00Z', 'INVALID_MOMENT'],
      ['to=2999-01-01T00:00:00Z', 'INVALID_MOMENT'],
      ['from=2026-01-02T00:00:00Z&before=1h', 'INVALID_PARAMETER_VALUE'],
      ['before=1h', 'INVALID_PARAMETER_VALUE'],
      ['limit=1&limit=2', 'INVALID_PARAMETER_VALUE'],
    ];
    for (const [query, code] of refused) {
      const { status, body } = await server.get(`/audit?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, code]);
    }
    const { body } = await server.get(`/incidents/report?model=${incident.path}`);
    expect(body.errors).toMatchObject([{ parameter: 'from' }]);
  });
});

describe('what is not there', () => {
  it.each([
    '/models/nobody',
    '/models/id:00000000-0000-4000-8000-000000000000',
    '/models/nobody/versions',
    `/models/${incident.path}/versions/9`,
    `/models/${incident.path}/versions/9/transitions`,
    `/models/${incident.path}/versions/9/occupancy`,
    '/models/nobody/stages/Production/occupancy',
    '/models/nobody/rollback-plan',
    '/stages?model=nobody',
    '/audit/00000000-0000-4000-8000-000000000000',
    '/audit/position:1',
    `/diff?left=nobody/1&right=${incident.path}/2`,
    '/incidents/report?model=nobody&from=2020-01-01T00:00:00Z',
    '/problems/none',
    '/schemas/none',
    '/events/none',
  ])('is a 404: %s', async (path) => {
    const { status, body } = await server.get(path);
    expect([status, body.code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  it('is a problem too where there is no route, or none for the method', async () => {
    expect((await server.get('/nothing')).body.code).toBe('ENDPOINT_NOT_FOUND');
    expect((await server.raw('GET', '/api/v1')).body.code).toBe('ENDPOINT_NOT_FOUND');
    const wrongMethod = await server.raw('DELETE', '/api/v1/models/m');
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(wrongMethod.headers.get('content-type')).toContain('application/problem+json');
    expect((await server.raw('OPTIONS', '/api/v1/models/m')).status).toBe(204);
  });

  it('has a type that leads to its description', async () => {
    const { body } = await server.get('/nothing');
    expect((await server.raw('GET', String(body.type))).body).toMatchObject({ code: body.code, status: 404 });
  });
});

describe('the name of a model in a path', () => {
  it.each(['100%', '50%25', 'a b', 'ünïcode', '模型', 'a?b#c', 'x..y', "it's"])(
    '%p is decoded once',
    async (name) => {
      await server.mlflow('POST', 'registered-models/create', { name });
      const { body } = await server.get(`/models/${encodeURIComponent(name)}`);
      expect(body.model.name).toBe(name);
      expect((await server.get(`/stages?model=${encodeURIComponent(name)}`)).status).toBe(200);
    },
  );

  it('may be long', async () => {
    const name = 'n'.repeat(5_000);
    await server.mlflow('POST', 'registered-models/create', { name });
    expect((await server.get(`/models/${name}`)).body.model.name).toBe(name);
    const tooLong = await server.get(`/models/${'n'.repeat(10_001)}`);
    expect([tooLong.status, tooLong.body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it.each(['%', '%zz', '%ff', '%c3%28'])('is refused when its escapes are %s', async (path) => {
    const { port } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`GET /api/v1/models/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('application/problem+json');
  });
});

describe('the body of a write', () => {
  const path = `/models/${incident.path}/versions/1/transitions`;

  it.each([
    ['{"stage": ', 'a JSON object'],
    ['[1]', 'a JSON object'],
    ['"Production"', 'a JSON object'],
    ['null', 'a JSON object'],
    ['{}', 'stage is missing'],
    ['{"stage": 5}', 'stage has to be text'],
    ['{"stage": "Production", "coment": "x"}', 'There is no parameter "coment"'],
    ['{"stage": "Production", "archiveExistingVersions": "maybe"}', 'true or false'],
    ['{"stage": "Production", "comment": "a\\u0000b"}', 'without NUL'],
    ['{"stage": "Production", "__proto__": {}}', 'There is no parameter "__proto__"'],
  ])('is refused when it is %s', async (body, why) => {
    const answer = await server.post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(why);
  });

  it('is refused when it is no JSON by its own account, or too large', async () => {
    expect((await server.post(path, 'a=b', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await server.post(path, { stage: 'x', comment: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  it('has changed nothing', async () => {
    const { body } = await server.get(`/models/${incident.path}/versions/1/transitions`);
    expect(body.items).toHaveLength(3);
  });
});
