import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';
import { expectValid } from '../../support/native/valid-event.js';

const folder = mkdtempSync(join(tmpdir(), 'annals-consumers-'));
const start = () => startNativeServer({ ANNALS_DATA: folder });

let server: NativeServer;

beforeAll(async () => {
  server = await start();
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Event {
  readonly subject: string;
  readonly data: { readonly position: number };
}

const register = async (name: string) => {
  const { status } = await server.mlflow('POST', 'registered-models/create', { name }, as('ana'));
  expect(status).toBe(200);
};

const put = (name: string, body: object = {}, headers: Record<string, string> = {}) =>
  server.put(`/consumers/${name}`, body, { ...as('ana'), ...headers });
const say = (name: string, what: string, body: object = {}, headers: Record<string, string> = {}) =>
  server.post(`/consumers/${name}/${what}`, body, { ...as('ana'), ...headers });
const events = async (name: string, query = '') => {
  const { status, body } = await server.get(`/consumers/${name}/events${query}`);
  expect(status).toBe(200);
  return body as {
    readonly items: readonly Event[];
    readonly position: number;
    readonly checkpoint: number;
    readonly paused: boolean;
  };
};
const subjects = (page: { readonly items: readonly Event[] }) => page.items.map(({ subject }) => subject);

/** A consumer that is given the registrations of models whose names begin with its own. */
const ofOwn = (name: string) => ({ types: ['io.annals.registry.model.registered.v1'], model: `${name}-*` });

describe('a consumer', () => {
  it('is created once, and the same request again changes nothing', async () => {
    const settings = { description: 'Deploys.', filter: ofOwn('deployer'), startFrom: 'now' };
    const first = await put('deployer', settings);
    expect(first.status).toBe(201);
    expect(first.body.consumer).toMatchObject({
      name: 'deployer',
      description: 'Deploys.',
      filter: { ...ofOwn('deployer'), from: null, to: null, tag: null },
      paused: false,
      acknowledgedAt: null,
    });
    await register('other');
    const again = await put('deployer', settings);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const { status, body } = await put('deployer', { ...settings, description: 'Something else.' });
    expect([status, body.code]).toEqual([409, 'RESOURCE_ALREADY_EXISTS']);
  });

  it('is listed, and shown with how far it is behind', async () => {
    await put('behind', { filter: ofOwn('behind') });
    await register('behind-1');
    await register('behind-2');
    await register('unwanted');
    const { body } = await server.get('/consumers');
    expect(body.items.map(({ name }: { name: string }) => name)).toContain('behind');
    const one = await server.get('/consumers/behind');
    expect(one.body.lag).toMatchObject({ pending: 2, atLeast: false });
    const { position } = await events('behind');
    await say('behind', 'ack', { position });
    expect((await server.get('/consumers/behind')).body.lag).toEqual({
      pending: 0,
      atLeast: false,
      seconds: 0,
    });
  });

  it.each([
    ['get', '/consumers/nobody', undefined],
    ['get', '/consumers/nobody/events', undefined],
    ['get', '/consumers/nobody/events?wait=1', undefined],
    ['post', '/consumers/nobody/ack', { position: 0 }],
    ['post', '/consumers/nobody/seek', { to: 'now' }],
    ['post', '/consumers/nobody/pause', {}],
    ['post', '/consumers/nobody/resume', {}],
    ['delete', '/consumers/nobody', undefined],
  ] as const)('that is unknown is not found by %s %s', async (method, path, sent) => {
    const { status, body } = await (method === 'get' ? server.get(path) : server[method](path, sent));
    expect([status, body.code, body.detail]).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'Consumer nobody not found',
    ]);
  });

  it('begins where it is told to', async () => {
    await register('place-1');
    const { body } = await server.get('/audit?limit=1');
    const { position, recordedAt } = body.items[0] as { position: number; recordedAt: string };
    const later = new Date(Date.parse(recordedAt) + 1).toISOString();
    while (Date.now() <= Date.parse(later)) await new Promise(setImmediate);
    await register('place-2');
    for (const [startFrom, expected] of [
      ['beginning', ['models/place-1', 'models/place-2']],
      [`position:${position}`, ['models/place-2']],
      [later, ['models/place-2']],
      ['now', []],
    ] as const) {
      const name = 'place';
      await put(name, { filter: ofOwn('place'), startFrom });
      expect(subjects(await events(name))).toEqual(expected);
      expect((await server.delete(`/consumers/${name}`)).status).toBe(204);
    }
  });

  it.each([
    [{ startFrom: 'position:999999999' }, 'startFrom'],
    [{ startFrom: '2999-01-01T00:00:00Z' }, 'startFrom'],
    [{ startFrom: 'yesterday' }, 'startFrom'],
    [{ filter: { types: ['nonsense'] } }, 'filter'],
    [{ filter: { colour: 'red' } }, 'filter'],
  ])('is not created with %j', async (settings, parameter) => {
    const { status, body } = await put('wrong', settings);
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.errors).toMatchObject([{ parameter, in: 'body' }]);
    expect((await server.get('/consumers/wrong')).status).toBe(404);
  });
});

describe('notices that are read', () => {
  it('follow the checkpoint, and do not move it', async () => {
    await put('reader', { filter: ofOwn('reader') });
    for (const number of [1, 2, 3]) await register(`reader-${number}`);
    const page = await events('reader', '?limit=2');
    page.items.forEach(expectValid);
    expect(subjects(page)).toEqual(['models/reader-1', 'models/reader-2']);
    expect(page.position).toBe(page.items.at(-1)?.data.position);
    expect(await events('reader', '?limit=2')).toEqual(page);
    const { body } = await say('reader', 'ack', { position: page.position });
    expect(body.consumer.checkpoint).toBe(page.position);
    expect(subjects(await events('reader'))).toEqual(['models/reader-3']);
  });

  it('are waited for', async () => {
    await put('patient', { filter: ofOwn('patient') });
    const waiting = events('patient', '?wait=30');
    await register('patient-1');
    expect(subjects(await waiting)).toEqual(['models/patient-1']);
  });

  it('come as a batch or in lines, too, with the position to acknowledge', async () => {
    await put('formats', { filter: ofOwn('formats') });
    await register('formats-1');
    const { position } = await events('formats');
    for (const accept of ['application/cloudevents-batch+json', 'application/x-ndjson']) {
      const { status, headers, text } = await server.get('/consumers/formats/events', { accept });
      expect([status, headers.get('content-type')]).toEqual([200, accept]);
      expect(headers.get('x-as-of-position')).toBe(String(position));
      expect(text).toContain('models/formats-1');
    }
  });

  it('and not acknowledged are read again after a crash: nothing is lost', async () => {
    await put('crashing', { filter: ofOwn('crashing') });
    await register('crashing-1');
    const before = await events('crashing');
    await server.close();
    server = await start();
    expect(await events('crashing')).toEqual(before);
    await say('crashing', 'ack', { position: before.position });
    await server.close();
    server = await start();
    expect((await events('crashing')).items).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  it('of one of two workers moves the checkpoint for both, and none moves it back', async () => {
    await put('workers', { filter: ofOwn('workers') });
    for (const number of [1, 2]) await register(`workers-${number}`);
    const [one, other] = await Promise.all([events('workers', '?limit=1'), events('workers', '?limit=2')]);
    const [ahead, behind] = await Promise.all([
      say('workers', 'ack', { position: other.position, after: other.checkpoint }),
      say('workers', 'ack', { position: one.position, after: one.checkpoint }),
    ]);
    expect([ahead.status, behind.status]).toEqual([200, 200]);
    const { body } = await server.get('/consumers/workers');
    expect(body.consumer.checkpoint).toBe(other.position);
    const late = await say('workers', 'ack', { position: one.position });
    expect(late.body.consumer.checkpoint).toBe(other.position);
    expect((await events('workers')).items).toEqual([]);
  });

  it('past the head of the log is refused', async () => {
    await put('hasty', {});
    const { status, body } = await say('hasty', 'ack', { position: 999_999_999 });
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.errors).toMatchObject([{ parameter: 'position', in: 'body' }]);
    expect(body.detail).toContain('past the head of the log');
  });

  it('is answered the same when it is repeated with its Idempotency-Key', async () => {
    await put('twice', { filter: ofOwn('twice') });
    await register('twice-1');
    const { position } = await events('twice');
    const first = await say('twice', 'ack', { position }, { 'idempotency-key': 'ack-1' });
    await say('twice', 'seek', { to: 'beginning' });
    const again = await say('twice', 'ack', { position }, { 'idempotency-key': 'ack-1' });
    expect(again.body).toEqual(first.body);
    expect((await events('twice')).checkpoint).toBe(0);
    const other = await say('twice', 'ack', { position: 1 }, { 'idempotency-key': 'ack-1' });
    expect([other.status, other.body.code]).toEqual([409, 'RESOURCE_CONFLICT']);
  });
});

describe('seeking', () => {
  it('back replays what was acknowledged, and a worker that read before it passes over nothing', async () => {
    await put('replay', { filter: ofOwn('replay') });
    await register('replay-1');
    const first = await events('replay');
    await say('replay', 'ack', { position: first.position });
    await register('replay-2');
    const second = await events('replay');
    const { body } = await say('replay', 'seek', { position: first.checkpoint });
    expect(body.consumer.checkpoint).toBe(first.checkpoint);
    const stale = await say('replay', 'ack', { position: second.position, after: second.checkpoint });
    expect([stale.status, stale.body.code]).toEqual([409, 'RESOURCE_CONFLICT']);
    expect(subjects(await events('replay'))).toEqual(['models/replay-1', 'models/replay-2']);
  });

  it('goes to the beginning, to a time and to now', async () => {
    await register('jump-1');
    await put('jump', { filter: ofOwn('jump') });
    await say('jump', 'seek', { to: 'beginning' });
    expect(subjects(await events('jump'))).toEqual(['models/jump-1']);
    await say('jump', 'seek', { to: 'now' });
    expect((await events('jump')).items).toEqual([]);
    await say('jump', 'seek', { time: '2020-01-01T00:00:00Z' });
    expect((await events('jump')).checkpoint).toBe(0);
  });

  it.each([
    [{}, 'position'],
    [{ position: 1, to: 'now' }, 'to'],
    [{ position: 999_999_999 }, 'position'],
    [{ time: '2999-01-01T00:00:00Z' }, 'time'],
  ])('to %j is refused', async (place, parameter) => {
    await put('lost');
    const { status, body } = await say('lost', 'seek', place);
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body.errors).toMatchObject([{ parameter, in: 'body' }]);
  });

  it('back is noticed by who waits for what is next', async () => {
    await put('woken', { filter: ofOwn('woken') });
    await register('woken-1');
    await say('woken', 'seek', { to: 'now' });
    const waiting = events('woken', '?wait=30');
    await say('woken', 'seek', { to: 'beginning' });
    expect(subjects(await waiting)).toEqual(['models/woken-1']);
  });
});

describe('a paused consumer', () => {
  it('is given nothing until it is resumed, which who waits notices', async () => {
    await put('resting', { filter: ofOwn('resting') });
    await register('resting-1');
    expect((await say('resting', 'pause')).body.consumer.paused).toBe(true);
    expect(await events('resting')).toMatchObject({ items: [], paused: true });
    const waiting = events('resting', '?wait=30');
    expect((await say('resting', 'resume')).body.consumer.paused).toBe(false);
    expect(await waiting).toMatchObject({
      items: [{ subject: 'models/resting-1' }],
      paused: false,
    });
  });
});

describe('a deleted consumer', () => {
  it('is gone also for who waits, and its name begins afresh', async () => {
    await put('fleeting', { filter: ofOwn('fleeting') });
    const waiting = server.get('/consumers/fleeting/events?wait=30');
    expect((await server.delete('/consumers/fleeting', undefined, as('ana'))).status).toBe(204);
    expect((await waiting).status).toBe(404);
    expect((await put('fleeting', { startFrom: 'beginning' })).body.consumer.checkpoint).toBe(0);
  });
});

it('what was done to consumers is in the audit trail, but for acknowledgements', async () => {
  await put('audited', { startFrom: 'beginning' });
  await say('audited', 'ack', { position: 1 });
  await say('audited', 'seek', { to: 'beginning' });
  await server.delete('/consumers/audited', undefined, as('ben'));
  const { body } = await server.get('/audit?category=control-plane&limit=3&order=newestFirst');
  expect(body.items.map(({ text }: { text: string }) => text)).toEqual([
    'ben deleted the consumer audited',
    'ana moved the consumer audited from position 1 to 0',
    'ana created the consumer audited, which begins after position 0',
  ]);
  expect(body.items[0].subscriber).toEqual({ kind: 'consumer', id: 'audited', name: 'audited' });
  const csv = await server.get('/audit?category=control-plane&actor=ben&format=csv');
  expect(csv.text.trimEnd().split('\r\n').at(-1)).toMatch(/,control-plane,consumer,audited,audited$/);
});
