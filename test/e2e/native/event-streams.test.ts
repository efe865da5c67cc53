import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventSource } from 'eventsource';
import { noticeTypes } from '../../../src/domain/notices/notice-type.js';
import { startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';
import { expectValid } from '../../support/native/valid-event.js';

interface Event {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly position: number };
}

let server: NativeServer;

beforeAll(async () => {
  server = await startNativeServer();
  await change('POST', 'registered-models/create', { name: 'fraud' });
  await change('POST', 'registered-models/create', { name: 'iris' });
  for (const source of ['s3://fraud/1', 's3://fraud/2'])
    await change('POST', 'model-versions/create', { name: 'fraud', source });
});

afterAll(() => server.close());

async function change(method: string, path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await server.mlflow(method, path, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

const tag = (name: string, value: string) =>
  change('POST', 'registered-models/set-tag', { name, key: 'note', value });

const toProduction = (version: string) =>
  change('POST', 'model-versions/transition-stage', {
    name: 'fraud',
    version,
    stage: 'Production',
    archive_existing_versions: true,
  });

async function fetched(query: string): Promise<readonly Event[]> {
  return (await server.get(`/events?limit=10000&${query}`)).body.items;
}

async function head(): Promise<number> {
  return (await server.get('/events?limit=10000')).body.position;
}

/** What a public client gets. */
class Subscriber {
  readonly events: Event[] = [];
  readonly #source: EventSource;
  #news = Promise.withResolvers<void>();

  constructor(query: string, url = server.url) {
    this.#source = new EventSource(`${url}/api/v1/events/stream?${query}`, {
      fetch: (url, init) => fetch(url, init),
    });
    for (const type of noticeTypes) {
      this.#source.addEventListener(type, ({ data }) => {
        this.events.push(JSON.parse(String(data)) as Event);
        this.#changed();
      });
    }
    this.#source.addEventListener('open', () => this.#changed());
  }

  async opened(): Promise<this> {
    while (this.#source.readyState !== EventSource.OPEN) await this.#news.promise;
    return this;
  }

  async has(count: number): Promise<readonly Event[]> {
    while (this.events.length < count) await this.#news.promise;
    return this.events;
  }

  close(): void {
    this.#source.close();
  }

  #changed(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

/** A stream as bytes. */
async function raw(query: string, headers: Record<string, string> = {}): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const lines = Object.entries({ host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`GET /api/v1/events/stream?${query} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return socket;
}

/** Up to an end, or all there is; the socket is not read any further then. */
async function readUntil(
  socket: Socket,
  end: string,
  after: 'stays open' | 'closes' = 'closes',
): Promise<string> {
  let text = '';
  const { promise, resolve } = Promise.withResolvers<void>();
  const read = (bytes: Buffer) => {
    text += String(bytes);
    if (text.includes(end)) resolve();
  };
  socket.on('data', read).once('close', resolve).once('error', resolve).resume();
  await promise;
  socket.off('data', read).pause();
  if (after === 'closes') socket.destroy();
  return text;
}

describe('a stream', () => {
  it('tells what was recorded before and what is recorded then, once each and in order', async () => {
    const subscriber = new Subscriber('after=0');
    const before = await fetched('after=0');
    await subscriber.has(before.length);
    await toProduction('1');
    await toProduction('2');
    const after = await fetched('after=0');
    expect(await subscriber.has(after.length)).toEqual(after);
    subscriber.events.forEach(expectValid);
    subscriber.close();
  });

  it('begins now unless something is said', async () => {
    const subscriber = await new Subscriber('').opened();
    const now = await head();
    await tag('fraud', 'later');
    expect(await subscriber.has(1)).toEqual(await fetched(`after=${now}`));
    subscriber.close();
  });

  it('tells those only that are wanted', async () => {
    const subscriber = await new Subscriber(
      'types=production.changed&subject=fraud&tag=note=wanted',
    ).opened();
    await tag('iris', 'wanted');
    await toProduction('1');
    await tag('fraud', 'wanted');
    await toProduction('2');
    const events = await subscriber.has(1);
    expect(events).toMatchObject([
      { type: 'io.annals.registry.production.changed.v1', data: { entered: [2], left: [1] } },
    ]);
    subscriber.close();
  });

  it('has the position as its id, and none between two events of one position', async () => {
    const now = await head();
    await toProduction('1');
    const told = await fetched(`after=${now}&types=version.stage_transitioned,production.changed`);
    const positions = told.map(({ data }) => String(data.position));
    expect([told.length, new Set(positions).size]).toEqual([3, 2]);
    const socket = await raw(`after=${now}&types=version.stage_transitioned,production.changed`);
    const text = await readUntil(socket, `id: ${positions.at(-1)}\n`);
    expect(text).toContain(`retry: 2000\nid: ${now}\n\n`);
    expect(text.match(/^event: /gm)).toHaveLength(3);
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id);
    expect(ids).toEqual([String(now), ...new Set(positions)]);
  });

  it('keeps the headers of every answer', async () => {
    const socket = await raw('after=0', { 'x-request-id': 'request-7' });
    const text = (await readUntil(socket, '\r\n\r\n')).toLowerCase();
    expect(text).toContain('http/1.1 200');
    expect(text).toContain('content-type: text/event-stream\r\n');
    expect(text).toContain('x-request-id: request-7\r\n');
    expect(text).toContain('x-content-type-options: nosniff\r\n');
    socket.destroy();
  });

  it('goes on behind Last-Event-ID, which is stronger than after', async () => {
    const now = await head();
    await tag('fraud', 'more');
    const socket = await raw('after=0', { 'last-event-id': String(now) });
    const text = await readUntil(socket, '"more"');
    expect(text).toContain(`id: ${now}\n\n`);
    expect(text.match(/event: /g)).toHaveLength(1);
    socket.destroy();
  });

  it.each(['x', '-1', '1.5', '9'.repeat(17)])('refuses the Last-Event-ID %s before it begins', async (id) => {
    const { status, body } = await server.get('/events/stream', { 'last-event-id': id });
    expect([status, body.errors[0]]).toMatchObject([400, { parameter: 'Last-Event-ID', in: 'header' }]);
  });

  it('refuses a Last-Event-ID past the head, and bad filters, as a problem', async () => {
    const past = await server.get('/events/stream', { 'last-event-id': '99999999' });
    expect([past.status, past.body.code, past.body.parameter]).toEqual([
      400,
      'INVALID_MOMENT',
      'Last-Event-ID',
    ]);
    const bad = await server.get('/events/stream?stage=Prod');
    expect([bad.status, bad.body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('a client', () => {
  const cutOff = async () => {
    const { text } = await server.raw('GET', '/metrics');
    return Number(/^annals_sse_cut_off_total (\d+)$/m.exec(text)?.[1]);
  };

  it('that does not keep up is cut off and told so, and goes on where it was', async () => {
    const now = await head();
    const socket = await raw('');
    let text = await readUntil(socket, `id: ${now}\n\n`, 'stays open');
    const before = await cutOff();
    for (let turn = 0; (await cutOff()) === before; turn += 1) {
      expect(turn).toBeLessThan(2_000);
      await tag('iris', `${turn} ${'x'.repeat(60_000)}`);
    }
    await tag('iris', 'later');
    text += await readUntil(socket, 'never');
    expect(text).toContain(': too slow: connect again');
    const last = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1];
    const told = text.match(/^event: /gm)?.length ?? 0;
    const missed = await fetched(`after=${last}`);
    expect(missed.length).toBeGreaterThan(0);
    expect(told + missed.length).toBe((await fetched(`after=${now}`)).length);
    const again = await raw('', { 'last-event-id': String(last) });
    const rest = await readUntil(again, `id: ${missed.at(-1)?.data.position}\n`);
    expect(rest.match(/^event: /gm)).toHaveLength(missed.length);
    again.destroy();
  }, 60_000);

  it('that is cut off connects again by itself and misses nothing', async () => {
    const now = await head();
    const sockets: Socket[] = [];
    const proxy = createServer((inner) => {
      const outer = connect(Number(new URL(server.url).port), '127.0.0.1');
      sockets.push(inner);
      inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
      outer.on('error', () => inner.destroy()).on('close', () => inner.destroy());
      inner.pipe(outer).pipe(inner);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const subscriber = await new Subscriber('', `http://127.0.0.1:${port}`).opened();
    await toProduction('1');
    await toProduction('2');
    await subscriber.has(2);
    for (const socket of sockets) socket.destroy();
    await toProduction('1');
    const expected = await fetched(`after=${now}`);
    expect(await subscriber.has(expected.length)).toEqual(expected);
    expect(sockets.length).toBeGreaterThan(1);
    subscriber.close();
    proxy.close();
    for (const socket of sockets) socket.destroy();
  }, 30_000);

  it('is one of many that all are told everything, while writes go on', async () => {
    const now = await head();
    const clients = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const socket = await raw(index % 2 === 0 ? '' : 'subject=fraud&types=version.stage_transitioned');
        await readUntil(socket, `id: ${now}\n\n`, 'stays open');
        return socket;
      }),
    );
    for (const version of ['2', '1', '2', '1']) await toProduction(version);
    const all = await fetched(`after=${now}`);
    const moves = all.filter(({ type }) => type.includes('stage_transitioned'));
    for (const [index, socket] of clients.entries()) {
      const wanted = index % 2 === 0 ? all : moves;
      const text = await readUntil(socket, `id: ${wanted.at(-1)?.data.position}\n`);
      expect(text.match(/^event: /gm)).toHaveLength(wanted.length);
      socket.destroy();
    }
    expect((await server.raw('GET', '/metrics')).text).toMatch(/^annals_sse_clients \d+$/m);
  }, 30_000);
});
