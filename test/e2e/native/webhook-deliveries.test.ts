import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeAnswer, NativeServer } from '../../support/native/native-server.js';

let server: NativeServer;
let endpoint: Server;
let url: string;
let status = 200;
let arrived: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  endpoint = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
  server = await startNativeServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1', ANNALS_WEBHOOK_RETRIES: '0,0.01' });
});

afterAll(async () => {
  await server.close();
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
});

beforeEach(() => {
  status = 200;
  arrived = [];
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await text(request);
  arrived.push(request.headers);
  response.statusCode = status;
  response.end('thanks');
}

async function webhook(filter: object = {}): Promise<string> {
  const { body } = await server.post('/webhooks', { name: 'deployer', url, filter });
  return body.webhook.id as string;
}

/** Registers a model with two versions and moves them to Production one after the other; the position of that. */
async function promoted(name: string): Promise<number> {
  await server.mlflow('POST', 'registered-models/create', { name }, as('ana'));
  for (const version of ['1', '2']) {
    await server.mlflow(
      'POST',
      'model-versions/create',
      { name, source: `s3://models/${version}` },
      as('ana'),
    );
  }
  await server.post(`/models/${name}/versions/1/transitions`, { stage: 'Production' });
  const { body } = await server.post(`/models/${name}/versions/2/transitions`, { stage: 'Production' });
  return body.position as number;
}

/** Asks again until the answer is as it is waited for. */
async function until(path: string, isThere: (answer: NativeAnswer) => boolean): Promise<NativeAnswer> {
  for (;;) {
    const answer = await server.get(path);
    expect(answer.status).toBe(200);
    if (isThere(answer)) return answer;
    await pause(5);
  }
}

const states = ({ body }: NativeAnswer) =>
  body.items.map(({ state }: { state: string }) => state) as string[];

describe('what a webhook was told', () => {
  it('is in its delivery log, event by event and request by request', async () => {
    const id = await webhook({ types: ['production.changed'], model: 'told*' });
    const position = await promoted('told');
    const path = `/webhooks/${id}/deliveries`;
    const { body } = await until(path, (answer) => answer.body.items.length === 2);
    expect(body.items[0]).toMatchObject({
      event: {
        type: 'io.annals.registry.production.changed.v1',
        position,
        model: { name: 'told' },
        version: 2,
      },
      state: 'delivered',
      attempts: 1,
      lastStatus: 200,
      lastError: null,
      nextAttemptAt: null,
      redelivery: null,
    });
    const notice = body.items[0].event.id as string;
    const attempts = await server.get(`/webhooks/${id}/deliveries/${notice}/attempts`);
    expect(attempts.body.items).toMatchObject([
      { event: { id: notice }, attempt: 1, outcome: 'delivered', status: 200, excerpt: 'thanks' },
    ]);
    expect((await server.get(`/webhooks/${id}`)).body.webhook.delivery).toMatchObject({
      open: 0,
      parked: 0,
      lastFailedAt: null,
    });
    expect(await server.all(`/webhooks/${id}/attempts?limit=1`)).toHaveLength(2);
    expect(await server.all(`${path}?limit=1&state=delivered`)).toHaveLength(2);
    expect((await server.get(`${path}?state=parked`)).body.items).toEqual([]);
  });

  it('is given up after the schedule, and delivered once more when that is asked for', async () => {
    status = 500;
    const since = new Date(Date.now() - 1_000).toISOString();
    const id = await webhook({ types: ['production.changed'], model: 'failed' });
    await promoted('failed');
    const path = `/webhooks/${id}/deliveries`;
    const parked = await until(path, (answer) => states(answer).join() === 'parked,parked');
    expect(parked.body.items[0]).toMatchObject({ attempts: 2, lastStatus: 500 });
    const log = await server.get(`/webhooks/${id}/attempts`);
    expect(log.body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'parked',
      'failed',
      'parked',
      'failed',
    ]);
    status = 200;
    const wish = { failedSince: since };
    expect((await server.post(`/webhooks/${id}/redeliveries?dryRun=true`, wish)).body.deliveries).toBe(2);
    expect((await server.post(`/webhooks/${id}/redeliveries`, wish)).body).toEqual({
      dryRun: false,
      deliveries: 2,
    });
    const delivered = await until(path, (answer) => states(answer).join() === 'delivered,delivered');
    expect(delivered.body.items[0].redelivery).toMatch(/^[\da-f-]{36}$/);
    expect((await server.post(`/webhooks/${id}/redeliveries?dryRun=true`, wish)).body.deliveries).toBe(0);
  });

  it('is delivered once more with the same id', async () => {
    const id = await webhook({ types: ['production.changed'], model: 'again' });
    const position = await promoted('again');
    const path = `/webhooks/${id}/deliveries`;
    const { body } = await until(path, (answer) => answer.body.items.length === 2);
    const noticeId = body.items[0].event.id as string;
    await server.post(`/webhooks/${id}/redeliveries`, { noticeId });
    await until(path, (answer) => answer.body.items[0].attempts === 2);
    await server.post(`/webhooks/${id}/redeliveries`, { from: position, to: position });
    await until(path, (answer) => answer.body.items[0].attempts === 3);
    const ids = arrived.map((headers) => headers['webhook-id']);
    expect(new Set(ids.slice(-3)).size).toBe(1);
    expect(arrived.at(-1)?.['annals-redelivery']).toBe('true');
  });
});

describe('who was told of an event', () => {
  it('is answered with every attempt, and as it was at any time', async () => {
    const id = await webhook({ types: ['production.changed'], model: 'asked' });
    const position = await promoted('asked');
    const path = `/audit/position:${position}/deliveries`;
    const { body } = await until(path, (answer) => answer.body.deliveries[0]?.state === 'delivered');
    const [told] = body.deliveries;
    expect(told).toMatchObject({ webhook: { id, name: 'deployer', deleted: false }, nextAttemptAt: null });
    expect(told.attempts).toMatchObject([{ attempt: 1, outcome: 'delivered', status: 200 }]);
    const [attempt] = told.attempts;
    const before = await server.get(`${path}?asOf=position:${attempt.position - 1}`);
    expect(before.body.deliveries).toEqual([]);
    const then = await server.get(`${path}?asOf=position:${attempt.position}`);
    expect(then.body.deliveries).toMatchObject([{ state: 'delivered', attempts: [attempt] }]);
  });

  it('is answered also of the event that was a part of the change', async () => {
    await webhook({ types: ['production.changed'], model: 'part' });
    const position = await promoted('part');
    const path = `/audit/position:${position - 1}/deliveries`;
    const { body } = await until(path, (answer) => answer.body.deliveries.length > 0);
    expect(body.text).toContain('moved part v1 from Production to Archived');
    expect(body.deliveries).toMatchObject([{ noticeType: 'io.annals.registry.production.changed.v1' }]);
  });

  it('says when it is tried again only while the webhook is active', async () => {
    const id = await webhook({ types: ['production.changed'], model: 'waits' });
    status = 410;
    const position = await promoted('waits');
    await until(`/webhooks/${id}`, ({ body }) => body.webhook.status === 'disabled');
    const open = { state: 'open', nextAttemptAt: null };
    const list = await server.get(`/webhooks/${id}/deliveries`);
    expect(list.body.items).toMatchObject([open]);
    const { body } = await server.get(`/audit/position:${list.body.items[0].event.position}/deliveries`);
    expect(body.deliveries).toMatchObject([open]);
    const second = await server.get(`/audit/position:${position}/deliveries`);
    expect(second.body.deliveries).toMatchObject([{ state: 'pending', nextAttemptAt: null }]);
  });

  it('names a webhook that was deleted since', async () => {
    const id = await webhook({ types: ['production.changed'], model: 'gone' });
    const position = await promoted('gone');
    const path = `/audit/position:${position}/deliveries`;
    await until(path, (answer) => answer.body.deliveries[0]?.state === 'delivered');
    await server.delete(`/webhooks/${id}`);
    const { body } = await server.get(path);
    expect(body.deliveries).toMatchObject([{ webhook: { id, deleted: true }, state: 'delivered' }]);
    expect((await server.get(`/webhooks/${id}/attempts`)).body.items).toHaveLength(2);
  });
});
