import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incident, untilNoticed } from '../../support/native/fraud-incident.js';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';
import { expectValid } from '../../support/native/valid-event.js';

let server: NativeServer;
let endpoint: Server;
let url: string;
const arrived: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (request.url === '/hook') arrived.push({ headers: request.headers, body });
  response.statusCode = status;
  response.end('thanks');
}

beforeAll(async () => {
  endpoint = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
  server = await startNativeServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
  await untilNoticed(server);
});

afterAll(async () => {
  await server.close();
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
});

const create = (body: object = {}, headers = {}, query = '') =>
  server.post(`/webhooks${query}`, { name: 'deployer', url, status: 'paused', ...body }, headers);

async function created(body: object = {}): Promise<{ id: string; etag: string; secret: string }> {
  const answer = await create(body);
  expect(answer.status).toBe(201);
  return {
    id: answer.body.webhook.id as string,
    etag: answer.headers.get('etag') ?? '',
    secret: answer.body.secret as string,
  };
}

describe('creating a webhook', () => {
  it('answers with it, and with its secret', async () => {
    const filter = { types: ['production.changed'], model: 'fraud*' };
    const { status: code, body, headers } = await create({ description: 'Deploys.', filter });
    expect(code).toBe(201);
    const { id } = body.webhook;
    expect(headers.get('location')).toBe(`/api/v1/webhooks/${id}`);
    expect(headers.get('etag')).toBe(`"${id}.0"`);
    expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(body.webhook).toMatchObject({
      name: 'deployer',
      description: 'Deploys.',
      url,
      format: 'cloudevents',
      filter: {
        types: ['io.annals.registry.production.changed.v1'],
        model: 'fraud*',
        from: null,
        to: null,
        tag: null,
      },
      status: 'paused',
      disabled: null,
      signing: { signed: true, secrets: 1, previousUntil: null },
      revision: 0,
    });
  });

  it('shows it to whoever reads it after that, without its secret', async () => {
    const { id, etag, secret } = await created();
    const one = await server.get(`/webhooks/${id}`);
    expect(one.body.webhook).toMatchObject({ id, name: 'deployer', delivery: { open: 0, parked: 0 } });
    expect(one.headers.get('etag')).toBe(etag);
    const all = await server.get('/webhooks');
    expect(all.body.items[0].id).toBe(id);
    for (const { text: answer } of [one, all]) {
      expect(answer).not.toContain(secret);
      expect(answer).not.toContain('sealed');
    }
  });

  it('says how many of the newest events its filter would have let through', async () => {
    const all = await create();
    expect(all.body).toMatchObject({ lookedAt: 12, example: { specversion: '1.0' } });
    expect(all.body.wouldHaveMatched).toBeGreaterThan(12);
    const some = await create({
      filter: { to: 'production', model: 'fraud*', types: ['version.stage_transitioned'] },
    });
    expect(some.body.wouldHaveMatched).toBe(2);
    expect(some.body.example.data).toMatchObject({ model: incident.model, version: 2, to: 'Production' });
    const none = await create({ filter: { model: 'no-such-model' } });
    expect(none.body).toMatchObject({ wouldHaveMatched: 0, lookedAt: 12, example: null });
    expect(none.status).toBe(201);
  });

  it('only says so when it is asked to change nothing', async () => {
    const before = (await server.get('/webhooks')).body.items.length as number;
    const dry = await create({}, {}, '?dryRun=true');
    expect([dry.status, dry.body.dryRun, dry.body.webhook.id, dry.body.secret]).toEqual([
      200,
      true,
      null,
      null,
    ]);
    expect(dry.headers.get('etag')).toBeNull();
    expect((await server.get('/webhooks')).body.items).toHaveLength(before);
  });

  it('is done once for one Idempotency-Key, and shows the same secret again', async () => {
    const key = { 'idempotency-key': 'create-once', ...as('ana') };
    const [first, second] = await Promise.all([create({}, key), create({}, key)]);
    const third = await create({}, key);
    expect(second.body.webhook.id).toBe(first.body.webhook.id);
    expect([second.body.secret, third.body.secret]).toEqual([first.body.secret, first.body.secret]);
    const other = await create({ name: 'pager' }, key);
    expect([other.status, other.body.code]).toEqual([409, 'RESOURCE_CONFLICT']);
  });

  it('takes a secret that is brought along, and refuses another one for the same key', async () => {
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const key = { 'idempotency-key': 'own-secret' };
    expect((await create({ secret }, key)).body.secret).toBe(secret);
    expect((await create({ secret }, key)).body.secret).toBe(secret);
    const another = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
    const refused = await create({ secret: another }, key);
    expect([refused.status, refused.body.code]).toEqual([409, 'RESOURCE_CONFLICT']);
    expect(refused.text).not.toContain(secret);
  });

  it('may leave its requests unsigned', async () => {
    const { body } = await create({ signed: false });
    expect(body.secret).toBeNull();
    expect(body.webhook.signing).toEqual({ signed: false, secrets: 0, previousUntil: null });
  });

  it.each([
    ['now', (head: number) => head],
    ['beginning', () => 0],
    ['position:3', () => 3],
    ['2000-01-01T00:00:00Z', () => 0],
  ])('may begin at %s', async (startFrom, expected) => {
    const head = (await create({ startFrom: 'now' })).body.webhook.startedAfter as number;
    const { body } = await create({ startFrom });
    const after = body.webhook.startedAfter as number;
    expect(after).toBe(startFrom === 'now' ? after : expected(head));
    expect(startFrom !== 'now' || after > head).toBe(true);
  });
});

describe('bad input', () => {
  it.each([
    [{ url: 'nonsense' }, 'url', 'url has to be a URL'],
    [{ url: 'https://***@deployer.example/' }, 'url', 'masked'],
    [{ url: 'ftp://deployer.example/' }, 'url', 'scheme'],
    [{ url: 'http://169.254.169.254/latest' }, 'url', ''],
    [{ name: '' }, 'name', 'name has to be text of 1 to 256'],
    [{ name: ' ' }, 'name', '1 to 256 characters'],
    [{ format: 'xml' }, 'format', 'one of cloudevents'],
    [{ filter: { types: ['model.painted'] } }, 'filter', 'model.registered'],
    [{ filter: { types: [] } }, 'filter', 'at least one type'],
    [{ filter: { model: 'a/b' } }, 'filter', 'no name of a model has'],
    [{ filter: { model: '' } }, 'filter', 'model has to be text'],
    [{ filter: { model: '*'.repeat(30) } }, 'filter', 'more than 20'],
    [{ filter: { to: 'Prod' } }, 'filter', 'None, Staging, Production, Archived'],
    [{ filter: { from: 3 } }, 'filter', 'from has to be one of None'],
    [{ filter: { tag: 'team' } }, 'filter', 'tag has to be an object'],
    [{ filter: { tag: { key: 'team', values: 1 } } }, 'filter', 'tag has to be an object'],
    [{ filter: { stage: 'Production' } }, 'filter', 'there is no "stage" in a filter'],
    [{ filter: [] }, 'filter', ''],
    [{ startFrom: 'position:999999' }, 'startFrom', 'past the head'],
    [{ startFrom: '2999-01-01T00:00:00Z' }, 'startFrom', 'in the future'],
    [{ startFrom: 'yesterday' }, 'startFrom', 'now, beginning'],
    [{ secret: 'whsec_c2hvcnQ=' }, 'secret', '24 to 64 bytes'],
    [{ secret: `whsec_${'A'.repeat(44)}`, signed: false }, 'secret', 'no use'],
    [{ colour: 'red' }, 'colour', 'There is no parameter'],
  ])('%j is refused, and it is said why', async (body, parameter, why) => {
    const answer = await create(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ parameter, in: 'body' }));
    expect(answer.body.detail).toContain(why);
  });

  it('is not repeated where there may be a secret in it', async () => {
    const secret = await create({ secret: 'my-secret' });
    const password = await create({ url: 'https://ana:my-secret@' });
    expect([secret.status, password.status]).toEqual([400, 400]);
    expect(secret.text + password.text).not.toContain('my-secret');
  });

  it('about a webhook that is not there is answered with a 404', async () => {
    const none = '/webhooks/0b6c5a52-6d1c-4d5e-9f49-0f6a4f2f4a01';
    const answers = [
      await server.get(none),
      await server.patch(none, { name: 'pager' }),
      await server.delete(none),
      await server.post(`${none}/pause`),
      await server.post(`${none}/resume`),
      await server.post(`${none}/rotate-secret`),
      await server.post(`${none}/test`),
      await server.post(`${none}/redeliveries`, { from: 1, to: 2 }),
      await server.post(`${none}/redeliveries`, { noticeId: 'one' }),
      await server.get(`${none}/deliveries`),
      await server.get(`${none}/attempts`),
      await server.get(`${none}/deliveries/one/attempts`),
    ];
    expect(new Set(answers.map(({ body }) => `${body.code} ${body.detail}`))).toEqual(
      new Set(['RESOURCE_DOES_NOT_EXIST Webhook with ID 0b6c5a52-6d1c-4d5e-9f49-0f6a4f2f4a01 not found.']),
    );
  });
});

describe('the user and the password in a URL', () => {
  it('are shown to nobody', async () => {
    const secret = url.replace('http://', 'http://ana:pass-word@');
    const { body, text: answer } = await create({ url: secret });
    expect(body.webhook.url).toBe(url.replace('http://', 'http://***@'));
    const { id } = body.webhook;
    const seen = [
      answer,
      (await server.get(`/webhooks/${id}`)).text,
      (await server.get('/webhooks')).text,
      (await server.patch(`/webhooks/${id}`, { name: 'pager' })).text,
      (await server.post(`/webhooks/${id}/test`)).text,
      (await server.get('/audit?limit=1000')).text,
    ];
    expect(seen.join()).not.toContain('pass-word');
    expect(arrived.at(-1)?.headers.authorization).toMatch(/^Basic /);
  });
});

describe('changing a webhook', () => {
  it('changes what is named, and says what its filter would have let through', async () => {
    const { id } = await created({ description: 'Deploys.' });
    const { body, headers } = await server.patch(`/webhooks/${id}`, { filter: { to: 'Staging' } });
    expect(body.webhook).toMatchObject({ name: 'deployer', description: 'Deploys.', revision: 1 });
    expect(body).toMatchObject({ dryRun: false, wouldHaveMatched: 1 });
    expect(headers.get('etag')).toBe(`"${id}.1"`);
    expect((await server.patch(`/webhooks/${id}`, { description: '' })).body.webhook.description).toBeNull();
  });

  it('records nothing when nothing changes', async () => {
    const { id } = await created();
    expect((await server.patch(`/webhooks/${id}`, { name: 'deployer' })).body.webhook.revision).toBe(0);
    expect((await server.patch(`/webhooks/${id}`, {})).body.webhook.revision).toBe(0);
  });

  it('only says what would change when it is asked to change nothing', async () => {
    const { id } = await created();
    const { body } = await server.patch(`/webhooks/${id}?dryRun=true`, {
      name: 'pager',
      filter: { to: 'Staging' },
    });
    expect(body).toMatchObject({ dryRun: true, webhook: { name: 'pager' }, wouldHaveMatched: 1 });
    expect((await server.get(`/webhooks/${id}`)).body.webhook.name).toBe('deployer');
  });

  it('is refused when somebody else was faster, with the present ETag', async () => {
    const { id, etag } = await created();
    const first = await server.patch(`/webhooks/${id}`, { name: 'pager' }, { 'if-match': etag });
    expect(first.status).toBe(200);
    const late = await server.patch(`/webhooks/${id}`, { name: 'bell' }, { 'if-match': etag });
    expect([late.status, late.body.code, late.body.etag]).toEqual([412, 'PRECONDITION_FAILED', `"${id}.1"`]);
    const deleted = await server.delete(`/webhooks/${id}`, undefined, { 'if-match': etag });
    expect(deleted.status).toBe(412);
  });

  it('minds whose ETag it is', async () => {
    const [one, other] = [await created(), await created()];
    const answer = await server.patch(`/webhooks/${one.id}`, { name: 'pager' }, { 'if-match': other.etag });
    expect(answer.status).toBe(412);
    expect((await server.post(`/webhooks/${one.id}/pause`, {}, { 'if-match': 'x' })).status).toBe(400);
  });
});

describe('pausing, resuming and deleting', () => {
  it('goes on where it stopped, or from now on', async () => {
    const { id } = await created({ startFrom: 'beginning', url: `${url}/resumed` });
    const resumed = await server.post(`/webhooks/${id}/resume`);
    expect(resumed.body.webhook).toMatchObject({ status: 'active', startedAfter: 0 });
    expect((await server.post(`/webhooks/${id}/pause`)).body.webhook.status).toBe('paused');
    const jumped = await server.post(`/webhooks/${id}/resume`, { from: 'now' });
    expect(jumped.body.webhook.startedAfter).toBeGreaterThan(0);
    expect((await server.post(`/webhooks/${id}/resume`)).body.webhook.revision).toBe(3);
  });

  it('leaves nothing of it but what it was told', async () => {
    const { id } = await created();
    const gone = await server.delete(`/webhooks/${id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await server.get(`/webhooks/${id}`)).status).toBe(404);
    expect((await server.delete(`/webhooks/${id}`)).status).toBe(404);
    expect((await server.get(`/webhooks/${id}/deliveries`)).body.items).toEqual([]);
  });
});

describe('rotating the secret', () => {
  it('shows the new one, and keeps the one before for a day', async () => {
    const { id, secret } = await created();
    const { body } = await server.post(`/webhooks/${id}/rotate-secret`);
    expect(body.secret).toMatch(/^whsec_/);
    expect(body.secret).not.toBe(secret);
    expect(body.webhook.signing).toMatchObject({ signed: true, secrets: 2 });
    const lasts = Date.parse(body.webhook.signing.previousUntil as string) - Date.now();
    expect(Math.round(lasts / 3_600_000)).toBe(24);
  });

  it('may end the one before at once', async () => {
    const { id } = await created();
    const { body } = await server.post(`/webhooks/${id}/rotate-secret`, { previousValidFor: 0 });
    expect(body.webhook.signing).toEqual({ signed: true, secrets: 1, previousUntil: null });
    const tooLong = await server.post(`/webhooks/${id}/rotate-secret`, { previousValidFor: 31 * 86_400 });
    expect(tooLong.status).toBe(400);
  });

  it('shows the same one again for the same Idempotency-Key', async () => {
    const { id } = await created();
    const key = { 'idempotency-key': `rotate ${id}` };
    const first = await server.post(`/webhooks/${id}/rotate-secret`, {}, key);
    await server.post(`/webhooks/${id}/rotate-secret`);
    const again = await server.post(`/webhooks/${id}/rotate-secret`, {}, key);
    expect(again.body.secret).toBe(first.body.secret);
  });
});

describe('a test', () => {
  it('sends a signed sample, also to a paused webhook, and says what came of it', async () => {
    const { id } = await created();
    const { body } = await server.post(`/webhooks/${id}/test`);
    expect(body).toMatchObject({ success: true, status: 200, error: null, excerpt: 'thanks' });
    const { headers, body: sent } = arrived.at(-1)!;
    expect(headers['webhook-signature']).toMatch(/^v1,/);
    expect(JSON.parse(sent)).toMatchObject({ type: body.type, data: { model: 'example_model' } });
    expect(headers['annals-test']).toBe('true');
    expectValid(JSON.parse(sent));
  });

  it('is a change of Production to a webhook that wants no transitions but those changes', async () => {
    const { id } = await created({ filter: { types: ['production.changed'] } });
    const { body } = await server.post(`/webhooks/${id}/test`);
    expect(body.type).toBe('io.annals.registry.production.changed.v1');
    const sample = JSON.parse(arrived.at(-1)!.body);
    expect(sample).toMatchObject({ type: body.type, data: { entered: [1], left: [] } });
    expectValid(sample);
  });

  it('is a failure when the endpoint does not take it', async () => {
    const { id } = await created();
    status = 500;
    const { body } = await server.post(`/webhooks/${id}/test`);
    status = 200;
    expect(body).toMatchObject({ success: false, status: 500 });
  });

  it('is sent once for one Idempotency-Key', async () => {
    const { id } = await created();
    const key = { 'idempotency-key': `test ${id}` };
    const first = await server.post(`/webhooks/${id}/test`, {}, key);
    const before = arrived.length;
    expect((await server.post(`/webhooks/${id}/test`, {}, key)).body).toEqual(first.body);
    expect(arrived).toHaveLength(before);
  });

  it('is given up when the service stops', async () => {
    const silent = createServer();
    const asked = once(silent, 'request');
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const stopped = await startNativeServer({ ANNALS_WEBHOOK_ALLOW: '127.0.0.1' });
    const { port } = silent.address() as AddressInfo;
    const hook = { name: 'silent', url: `http://127.0.0.1:${port}/`, status: 'paused' };
    const { id } = (await stopped.post('/webhooks', hook)).body.webhook;
    const answer = stopped.post(`/webhooks/${id}/test`);
    await asked;
    await stopped.close();
    expect((await answer).body).toMatchObject({ success: false, error: expect.stringContaining('stopped') });
    silent.close();
  });

  it('of a webhook in MLflow format is one of its samples', async () => {
    const { id } = await created({ format: 'mlflow' });
    const { body } = await server.post(`/webhooks/${id}/test`);
    expect(body).toMatchObject({ success: true, type: 'registered_model.created' });
    expect(JSON.parse(arrived.at(-1)!.body)).toMatchObject({ entity: 'registered_model', action: 'created' });
  });
});

describe("a webhook in MLflow's format", () => {
  it('that would be told nothing is refused, and nothing is made', async () => {
    const before = await server.get('/webhooks');
    const { status: refused, body } = await create({ format: 'mlflow', filter: { to: 'Production' } });
    expect([refused, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.errors).toEqual([expect.objectContaining({ parameter: 'filter', in: 'body' })]);
    expect((await server.get('/webhooks')).body).toEqual(before.body);
  });
});

describe('redelivery', () => {
  it('says how many there are, and refuses what was never told', async () => {
    const { id } = await created();
    const dry = await server.post(`/webhooks/${id}/redeliveries?dryRun=true`, { from: 1, to: 99 });
    expect(dry.body).toEqual({ dryRun: true, deliveries: 0 });
    const since = await server.post(`/webhooks/${id}/redeliveries`, { failedSince: '2026-01-01T00:00:00Z' });
    expect(since.body).toEqual({ dryRun: false, deliveries: 0 });
    const unknown = await server.post(`/webhooks/${id}/redeliveries`, { noticeId: 'never' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });

  it.each([
    [{}, 'noticeId'],
    [{ noticeId: 'one', from: 1, to: 2 }, 'noticeId'],
    [{ from: 1 }, 'to'],
    [{ to: 1 }, 'from'],
    [{ from: 3, to: 2 }, 'to'],
    [{ failedSince: 'yesterday' }, 'failedSince'],
  ])('%j is refused', async (body, parameter) => {
    const { id } = await created();
    const answer = await server.post(`/webhooks/${id}/redeliveries`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ parameter }));
  });
});

describe('who was told of an event', () => {
  it('is answered with those that are still to be, also of the change of Production that it was a part of', async () => {
    const { id } = await created({ startFrom: 'beginning', filter: { types: ['production.changed'] } });
    const changes = await server.get('/audit/production-changes?limit=1&order=newestFirst');
    const [change] = changes.body.items;
    const { body } = await server.get(`/audit/${change.eventId}/deliveries`);
    expect(body).toMatchObject({ eventId: change.eventId, text: change.text });
    expect(body.notices.map(({ type }: { type: string }) => type)).toContain(
      'io.annals.registry.production.changed.v1',
    );
    const own = body.deliveries.filter((one: { webhook: { id: string } }) => one.webhook.id === id);
    expect(own).toMatchObject([
      { state: 'pending', attempts: [], webhook: { name: 'deployer', deleted: false } },
    ]);
    const then = await server.get(`/audit/${change.eventId}/deliveries?asOf=position:${change.position}`);
    expect(then.body.deliveries).toEqual([]);
  });

  it('is asked of events that there are', async () => {
    expect((await server.get('/audit/0b6c5a52-6d1c-4d5e-9f49-0f6a4f2f4a01/deliveries')).status).toBe(404);
  });
});
