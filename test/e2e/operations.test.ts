import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

describe('what operators ask', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.mlflow('POST', 'registered-models/create', { name: 'm' });
  });

  afterAll(() => server.close());

  it('is alive', async () => {
    expect((await server.send('GET', '/health/live')).body).toEqual({ status: 'ok' });
  });

  it('is ready when every read model has caught up', async () => {
    const { status, body } = await server.send('GET', '/health/ready');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ready',
      head: 2,
      projections: [
        { name: 'registry', required: true, position: 2, lag: 0, caught_up: true },
        expect.objectContaining({ name: 'history', required: false }),
        expect.objectContaining({ name: 'subscribers', required: false }),
      ],
    });
  });

  it('tells its health as MLflow does', async () => {
    expect((await server.send('GET', '/health')).body).toBe('OK');
  });

  it('tells its version', async () => {
    expect((await server.send('GET', '/version')).body).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has no workspaces', async () => {
    const { body } = await server.send('GET', '/api/3.0/mlflow/server-info');
    expect(body).toEqual({ store_type: 'SqlStore', workspaces_enabled: false });
  });

  it.each([
    [
      'annals_http_request_duration_seconds_count{method="POST",route="/api/2.0/mlflow/registered-models/create",status="200"} 1',
    ],
    ['annals_log_appends_total 2'],
    ['annals_log_events_appended_total 2'],
    ['annals_log_conflicts_total 0'],
    ['annals_log_head_position 2'],
    ['annals_mailbox_depth 0'],
    ['annals_projection_lag_events{projection="registry"} 0'],
    ['annals_projection_failed{projection="registry"} 0'],
  ])('measures %s', async (line) => {
    expect((await server.send('GET', '/metrics')).body).toContain(line);
  });

  it('gives each answer the id of its request, the one of the client if it sent a plain one', async () => {
    const given = await server.send('GET', '/health', undefined, { 'x-request-id': 'abc-1' });
    const made = await server.send('GET', '/health', undefined, { 'x-request-id': 'no id at all' });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a server that is told to stop', () => {
  it('answers everything that it still does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annals-'));
    const server = await startTestServer({ ANNALS_DATA: folder });
    await server.mlflow('POST', 'registered-models/create', { name: 'm' });
    const version = { name: 'm', source: 's3://bucket/model' };
    const asked = Array.from({ length: 20 }, () => server.mlflow('POST', 'model-versions/create', version));
    const answers = Promise.allSettled(asked);
    await asked[0];
    await server.close();
    const answered = (await answers).filter(
      (answer) => answer.status === 'fulfilled' && answer.value.status === 200,
    );

    const log = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    let created = 0;
    for await (const { type } of log.readAll()) if (type === 'VersionCreated') created += 1;
    await log.close();
    rmSync(folder, { recursive: true });
    expect(answered).toHaveLength(created);
  });

  it('does not wait for ever for the rest of a request', async () => {
    const server = await startTestServer();
    const client = connect(Number(new URL(server.url).port), '127.0.0.1');
    const cutOff = once(client, 'close');
    client
      .on('error', () => undefined)
      .write('POST /api/v1/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-');
    await server.send('GET', '/health');
    await server.close();
    await cutOff;
  }, 30_000);
});

describe('a request from the browser of somebody who can reach the service', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ ANNALS_ALLOWED_ORIGINS: 'https://*.example.org' });
  });

  afterAll(() => server.close());

  /** `fetch` does not let a program choose its Host header. */
  const statusFor = (
    headers: Record<string, string>,
    path = '/api/2.0/mlflow/registered-models/search',
    method = 'GET',
  ) =>
    new Promise((resolve, reject) => {
      request(server.url + path, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it.each([
    ['localhost', 200],
    ['127.0.0.1:5000', 200],
    ['[::1]:5000', 200],
    ['192.168.7.9', 200],
    ['172.20.0.3:80', 200],
    ['evil.example.com', 403],
    ['localhost.evil.example.com', 403],
    ['172.200.0.3', 403],
  ])('that names the host %s is answered with %i', async (host, status) => {
    expect(await statusFor({ host })).toBe(status);
  });

  it('may ask for the health under any name', async () => {
    expect(await statusFor({ host: 'evil.example.com' }, '/health/ready?x=1')).toBe(200);
  });

  it.each([
    ['http://localhost:3000', 400],
    ['https://ui.example.org', 400],
    ['https://evil.example.com', 403],
    ['null', 403],
  ])('that comes from a page of %s and writes is answered with %i', async (origin, status) => {
    expect(await statusFor({ origin }, '/api/2.0/mlflow/registered-models/create', 'POST')).toBe(status);
  });

  it('may read from any page, which the browser keeps from the page', async () => {
    expect(await statusFor({ origin: 'https://evil.example.com' })).toBe(200);
  });
});
