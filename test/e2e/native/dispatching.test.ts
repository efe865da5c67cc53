import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NativeServer } from '../../support/native/native-server.js';
import { startNativeServer } from '../../support/native/native-server.js';
import { until } from '../../support/set-timing.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { metric, untilAllTold } from '../../support/webhook-standing.js';

let server: NativeServer;
let receiver: WebhookReceiver;
let webhook: string;
beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  server = await startNativeServer({
    ANNALS_WEBHOOK_ALLOW: '127.0.0.1',
    ANNALS_WEBHOOK_RETRIES: '0,0.01,0.01',
  });
  const { status, body } = await server.post('/webhooks', { name: 'deployer', url: receiver.url });
  expect(status).toBe(201);
  webhook = body.webhook.id as string;
  await server.mlflow('POST', 'registered-models/create', { name: 'fraud' });
  await server.mlflow('POST', 'model-versions/create', { name: 'fraud', source: 's3://bucket/model' });
});
afterAll(async () => {
  await server.close();
  await receiver.stop();
});

const typesOf = () =>
  receiver.arrivals.map(({ body }) => String(body['type']).split('.').slice(3, -1).join('.'));

describe('a webhook of a running service', () => {
  it('is told of a transition, and then of the change of Production', async () => {
    const move = { name: 'fraud', version: '1', stage: 'Production', archive_existing_versions: true };
    await server.mlflow('POST', 'model-versions/transition-stage', move);
    await until(() => receiver.arrivals.length === 4);
    expect(typesOf()).toEqual([
      'model.registered',
      'version.created',
      'version.stage_transitioned',
      'production.changed',
    ]);
  });

  it('is measured', async () => {
    await untilAllTold(server);
    expect((await metric(server, 'annals_dispatcher_active')).get('')).toBe(1);
    const attempts = await metric(server, 'annals_webhook_attempts_total');
    expect(attempts.get('outcome="delivered"')).toBe(4);
    const label = `webhook="${webhook}"`;
    expect((await metric(server, 'annals_webhook_parked')).get(label)).toBe(0);
    expect((await metric(server, 'annals_webhook_circuit_open')).get(label)).toBe(0);
    expect((await metric(server, 'annals_webhook_attempt_duration_seconds_count')).get('')).toBe(4);
  });

  it('has what could not be delivered parked, and is told it when somebody asks', async () => {
    receiver.answer = () => 500;
    await server.mlflow('POST', 'registered-models/set-tag', { name: 'fraud', key: 'team', value: 'risk' });
    const parked = async () => (await metric(server, 'annals_webhook_parked')).get(`webhook="${webhook}"`);
    await until(async () => (await parked()) === 1);
    receiver.answer = () => 204;
    const before = receiver.arrivals.length;
    const asked = await server.post(`/webhooks/${webhook}/redeliveries`, {
      failedSince: '2020-01-01T00:00:00Z',
    });
    expect(asked.status).toBeLessThan(300);
    await until(() => receiver.arrivals.length > before);
    expect(receiver.arrivals[before]).toMatchObject({
      redelivery: true,
      id: receiver.arrivals[before - 1]?.id,
    });
  });

  it('is told nothing any more when it is deleted', async () => {
    expect((await server.raw('DELETE', `/api/v1/webhooks/${webhook}`)).status).toBeLessThan(300);
    await until(async () => (await metric(server, 'annals_webhook_lag_events')).size === 0);
    const before = receiver.arrivals.length;
    await server.mlflow('POST', 'registered-models/set-tag', { name: 'fraud', key: 'team', value: 'growth' });
    await server.get('/audit?limit=1');
    expect(receiver.arrivals).toHaveLength(before);
  });
});
