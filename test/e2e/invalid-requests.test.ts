import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

/** Every route of MLflow's API with a request that breaks a rule of its message: none may pass unchecked. */
const routes: [method: string, path: string, missing: string][] = [
  ['POST', 'registered-models/create', 'name'],
  ['POST', 'registered-models/rename', 'name'],
  ['PATCH', 'registered-models/update', 'name'],
  ['DELETE', 'registered-models/delete', 'name'],
  ['POST', 'registered-models/get-latest-versions', 'name'],
  ['POST', 'registered-models/set-tag', 'name'],
  ['DELETE', 'registered-models/delete-tag', 'name'],
  ['POST', 'registered-models/alias', 'name'],
  ['DELETE', 'registered-models/alias', 'name'],
  ['POST', 'model-versions/create', 'name'],
  ['PATCH', 'model-versions/update', 'name'],
  ['POST', 'model-versions/transition-stage', 'name'],
  ['DELETE', 'model-versions/delete', 'name'],
  ['POST', 'model-versions/set-tag', 'name'],
  ['DELETE', 'model-versions/delete-tag', 'name'],
];

const queries: [path: string, missing: string][] = [
  ['registered-models/get', 'name'],
  ['registered-models/get-latest-versions', 'name'],
  ['registered-models/alias', 'name'],
  ['model-versions/get', 'name'],
];

/** Bodies that no client of ours sends. None may end in a 500 or change anything. */
const nonsense: [what: string, body: string][] = [
  ['no JSON', '{"name": '],
  ['a list', '[1, 2]'],
  ['a number', '5'],
  ['null', 'null'],
  ['a text', '"hello"'],
  ['a name of the wrong type', '{"name": {"a": [1.5, null]}}'],
  ['a name with NUL', '{"name": "a\\u0000b", "version": "1", "source": "s3://b/p"}'],
  ['half a surrogate pair', '{"name": "a\\ud800", "version": "1", "source": "s3://b/p"}'],
  ['an absurd number for a name', '{"name": 1e400, "version": -1e308}'],
  ['deeply nested', `{"name": ${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ['a prototype', '{"__proto__": {"name": "m"}, "constructor": {"prototype": {"name": "m"}}}'],
];

describe('a request that breaks a rule', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  it.each(routes)('%s %s says that %s is missing', async (method, path, missing) => {
    const answer = await server.mlflow(method, path, {});
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error_code: 'INVALID_PARAMETER_VALUE',
      sqlstate: 'KAM00',
      error_class: 'INVALID_PARAMETER_VALUE',
      message: `Missing value for required parameter '${missing}'. See the API docs for more information about request parameters.`,
    });
  });

  it.each(queries)('GET %s says that %s is missing', async (path, missing) => {
    const answer = await server.mlflow('GET', path);
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toContain(`Missing value for required parameter '${missing}'.`);
  });

  it.each(routes)('%s %s says of which type the name was', async (method, path) => {
    const answer = await server.mlflow(method, path, { name: 5 });
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toBe(
      "Invalid value 5 for parameter 'name' supplied:  Hint: Value was of type 'int'. See the API docs for more information about request parameters.",
    );
  });

  it.each(nonsense)('is refused without a 500 when its body is %s', async (_what, body) => {
    for (const [method, path] of routes) {
      const answer = await server.mlflow(method, path, body);
      expect([path, answer.status]).toEqual([path, expect.any(Number)]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).toMatchObject({ error_code: expect.any(String), message: expect.any(String) });
    }
    expect((await server.mlflow('GET', 'registered-models/search')).body).toEqual({});
  });

  it.each([
    ['[5]'],
    ['[null]'],
    ['[{"key": 1, "value": "x"}]'],
    ['[{"key": "a", "value": {}}]'],
    ['{"a": "b"}'],
    ['"a=b"'],
  ])('is refused when its tags are %s', async (tags) => {
    for (const group of ['registered-models', 'model-versions']) {
      const body = `{"name": "m", "source": "s3://b/p", "tags": ${tags}}`;
      const answer = await server.mlflow('POST', `${group}/create`, body);
      expect([group, answer.status]).toEqual([group, 400]);
      expect(answer.body['message']).toContain("for parameter 'tags' supplied");
    }
  });

  it('is refused when its body is larger than a megabyte', async () => {
    const answer = await server.mlflow('POST', 'registered-models/create', {
      name: 'm',
      description: 'x'.repeat(1_100_000),
    });
    expect(answer.status).toBe(413);
    expect(answer.body['error_code']).toBe('INVALID_PARAMETER_VALUE');
  });

  it('is refused when a POST does not say that it sends JSON', async () => {
    const answer = await server.mlflow('POST', 'registered-models/create', '{"name":"m"}', {
      'content-type': 'text/plain',
    });
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toBe("Bad Request. Content-Type must be one of ['application/json'].");
  });

  it('is refused when it is meant for a workspace', async () => {
    const answer = await server.mlflow('GET', 'registered-models/search', undefined, {
      'x-mlflow-workspace': 'team-a',
    });
    expect(answer.status).toBe(400);
    expect(answer.body['error_code']).toBe('FEATURE_DISABLED');
  });

  it.each([
    ['filter=name%20~%20%27x%27'],
    ['filter=%00'],
    ['max_results=0'],
    ['max_results=1e9'],
    ['max_results=abc'],
    ['page_token=evilhax'],
    ['page_token=eyJvZmZzZXQiOiAzfQ%3D%3D'],
    ['order_by=nonsense'],
    ['order_by=name&order_by=name%20DESC'],
  ])('is refused when a search says %s', async (query) => {
    for (const group of ['registered-models', 'model-versions']) {
      const answer = await server.mlflow('GET', `${group}/search?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.body['error_code']).toBe('INVALID_PARAMETER_VALUE');
    }
  });
});

describe('a route that does not exist', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  it('is answered in JSON', async () => {
    const answer = await server.mlflow('GET', 'registered-models/list');
    expect(answer.status).toBe(404);
    expect(answer.body['error_code']).toBe('ENDPOINT_NOT_FOUND');
  });

  it('is not found with a slash at its end', async () => {
    expect((await server.mlflow('GET', 'registered-models/search/')).status).toBe(404);
  });

  it('says which methods a known path has', async () => {
    const answer = await server.mlflow('PUT', 'registered-models/alias', {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, DELETE, OPTIONS');
  });

  it('answers OPTIONS with the methods of the path', async () => {
    const answer = await server.mlflow('OPTIONS', 'registered-models/rename');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
  });
});
