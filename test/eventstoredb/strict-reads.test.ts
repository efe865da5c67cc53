import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';

const strictly = ({ connectionString }: EventStoreDbDouble) =>
  startTestServer({ ANNALS_EVENTSTORE: connectionString, ANNALS_READS: 'log' });

const tag = (node: TestServer, value: string) =>
  node.mlflow('POST', 'registered-models/set-tag', { name: 'iris', key: 'round', value });

describe('with ANNALS_READS=log, a read on one node', () => {
  const doubles = new Doubles(afterAll);
  let double: EventStoreDbDouble;
  let one: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    double = await doubles.start();
    [one, other] = await Promise.all([strictly(double), strictly(double)]);
    await one.mlflow('POST', 'registered-models/create', { name: 'iris' });
  });
  afterAll(() => Promise.all([one.close(), other.close()]));

  it.each([
    ['registered-models/get?name=iris', 'GET', undefined],
    ['registered-models/search?max_results=10', 'GET', undefined],
    ['registered-models/search', 'POST', { max_results: 10 }],
  ])('shows what was written before it on another: %s by %s', async (path, method, body) => {
    for (let round = 0; round < 200; round += 1) {
      await tag(one, `${method} ${path} ${round}`);
      const { body: shown } = await other.mlflow(method, path, body);
      expect(JSON.stringify(shown)).toContain(`"value":"${method} ${path} ${round}"`);
    }
  });

  it('shows it in the native API, too', async () => {
    for (let round = 0; round < 50; round += 1) {
      await tag(one, `native ${round}`);
      const { body: shown } = await other.send('GET', '/api/v1/models/iris');
      expect(JSON.stringify(shown)).toContain(`"value":"native ${round}"`);
    }
  });

  it('asks the log together with all who wait', async () => {
    await double.fail('read', { kind: 'slow', milliseconds: 200 });
    const { made: before } = await double.calls();
    const reads = Array.from({ length: 64 }, () => other.mlflow('GET', 'registered-models/get?name=iris'));
    for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
    const { made: after } = await double.calls();
    expect(after.read - before.read).toBeLessThan(16);
    await double.heal();
  });
});

describe('with ANNALS_READS=log and a log that is away', () => {
  const doubles = new Doubles();
  let double: EventStoreDbDouble;
  let node: TestServer;
  beforeEach(async () => {
    double = await doubles.start();
    node = await strictly(double);
    await node.mlflow('POST', 'registered-models/create', { name: 'iris' });
  });
  afterEach(() => node.close());

  const get = () => node.mlflow('GET', 'registered-models/get?name=iris');

  it('a read is told to come back', async () => {
    await double.kill();
    const answer = await get();
    expect(answer).toMatchObject({ status: 503, body: { error_code: 'TEMPORARILY_UNAVAILABLE' } });
    expect(answer.body['message']).toBe('The log cannot be reached at present.');
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('a read of the native API is told so by a problem', async () => {
    await double.kill();
    const answer = await node.send('GET', '/api/v1/models/iris');
    expect(answer).toMatchObject({ status: 503, body: { code: 'TEMPORARILY_UNAVAILABLE' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('a read is told so after two seconds when it says nothing, and read as ever when it is back', async () => {
    expect((await get()).status).toBe(200);
    double.freeze();
    const began = performance.now();
    const answer = await get();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(answer).toMatchObject({
      status: 503,
      body: {
        error_code: 'TEMPORARILY_UNAVAILABLE',
        message:
          'This node has not read everything yet that was recorded before the request. Try again soon.',
      },
    });
    expect(answer.headers.get('retry-after')).toBe('1');
    double.thaw();
    while ((await get()).status !== 200);
  });

  it('what is no read of the registry is answered', async () => {
    await double.kill();
    expect((await node.send('GET', '/version')).status).toBe(200);
    expect((await node.send('GET', '/health/live')).status).toBe(200);
    expect((await node.mlflow('GET', 'nonsense')).status).toBe(404);
  });
});

it('with ANNALS_READS=log, the embedded log answers as ever', async () => {
  const node = await startTestServer({ ANNALS_READS: 'log' });
  await node.mlflow('POST', 'registered-models/create', { name: 'iris' });
  expect((await node.mlflow('GET', 'registered-models/get?name=iris')).status).toBe(200);
  await node.close();
});
