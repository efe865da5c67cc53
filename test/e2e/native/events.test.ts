import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HTTP } from 'cloudevents';
import { noticeTypes, typePrefix } from '../../../src/domain/notices/notice-type.js';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';
import { expectValid } from '../../support/native/valid-event.js';

interface Event {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

let server: NativeServer;

const tell = async (method: string, path: string, body: Record<string, unknown>) => {
  const answer = await server.mlflow(method, path, body, as('ana'));
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const fraud = { name: 'fraud é' };
const path = encodeURIComponent(fraud.name);

const move = (version: string, stage: string, archive = true) =>
  tell('POST', 'model-versions/transition-stage', {
    ...fraud,
    version,
    stage,
    archive_existing_versions: archive,
  });

/** Everything that can be told, once at least. */
async function everything(): Promise<void> {
  await tell('POST', 'registered-models/create', { ...fraud, tags: [{ key: 'team', value: 'risk' }] });
  for (const source of ['1', '2', '3']) {
    await tell('POST', 'model-versions/create', { ...fraud, source: `s3://fraud/${source}` });
  }
  await move('1', 'Production');
  await move('2', 'Production');
  await tell('PATCH', 'registered-models/update', { ...fraud, description: 'Cards.' });
  await tell('PATCH', 'model-versions/update', { ...fraud, version: '2', description: 'Leaky.' });
  await tell('POST', 'registered-models/set-tag', { ...fraud, key: 'tier', value: '1' });
  await tell('DELETE', 'registered-models/delete-tag', { ...fraud, key: 'tier' });
  await tell('POST', 'model-versions/set-tag', { ...fraud, version: '2', key: 'auc', value: '0.9' });
  await tell('DELETE', 'model-versions/delete-tag', { ...fraud, version: '2', key: 'auc' });
  await tell('POST', 'registered-models/alias', { ...fraud, alias: 'champion', version: '2' });
  await tell('POST', 'registered-models/alias', { ...fraud, alias: 'champion', version: '3' });
  await tell('DELETE', 'registered-models/alias', { ...fraud, alias: 'champion' });
  await tell('DELETE', 'model-versions/delete', { ...fraud, version: '3' });
  await server.post(`/models/${path}/versions/3/restore`, {});
  const { body } = await server.get(`/models/${path}`);
  await tell('DELETE', 'registered-models/delete', fraud);
  await server.post(`/models/id:${body.model.id}/restore`, {});
  await server.post(`/models/${path}/rollback`, { comment: 'v2 refuses good customers' });
  await tell('POST', 'registered-models/rename', { ...fraud, new_name: 'fraud' });
  await tell('POST', 'registered-models/create', { name: 'iris' });
}

async function all(query: string): Promise<readonly Event[]> {
  const found: Event[] = [];
  for (let next = `/events?${query}`; ;) {
    const { status, body } = await server.get(next);
    expect(status).toBe(200);
    if (body.items.length === 0) return found;
    found.push(...body.items);
    next = body.next.slice('/api/v1'.length);
  }
}

const shortOf = ({ type }: Event) => type.slice(typePrefix.length, -3);

beforeAll(async () => {
  server = await startNativeServer();
  await everything();
});

afterAll(() => server.close());

describe('events that are fetched', () => {
  it('are all that happened, each as its schema says', async () => {
    const events = await all('limit=1000');
    events.forEach(expectValid);
    const types = new Set(events.map(({ type }) => type));
    expect(noticeTypes.filter((type) => !types.has(type))).toEqual([
      `${typePrefix}version.status_changed.v1`,
    ]);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence).toSorted());
  });

  it('are the same in pages of any size, from the beginning or any place', async () => {
    const events = await all('limit=1000');
    expect(await all('limit=1')).toEqual(events);
    expect(await all('after=0&limit=3')).toEqual(events);
    const position: number = events[5]?.data.position;
    expect(await all(`after=${position}`)).toEqual(events.filter(({ data }) => data.position > position));
    expect(await all(`after=position:${position}`)).toEqual(
      events.filter(({ data }) => data.position > position),
    );
    expect(await all('after=1970-01-01T00:00:00Z')).toEqual(events);
  });

  it('say who was in Production after each change of it, once for a command', async () => {
    const changes = await all('types=production.changed');
    expect(
      changes.map(({ data: { cause, entered, left, occupants } }) => [
        cause,
        entered,
        left,
        occupants.Production,
      ]),
    ).toEqual([
      ['transition', [1], [], [1]],
      ['transition', [2], [1], [2]],
      ['deletion', [], [2], []],
      ['restoration', [2], [], [2]],
      ['transition', [1], [2], [1]],
    ]);
    expect(changes.at(-1)?.data.comment).toBe('v2 refuses good customers');
  });

  it.each([
    ['types=version.stage_transitioned', 5],
    [`types=${typePrefix}model.renamed.v1,model.alias_set`, 3],
    ['subject=iris', 1],
    ['subject=fraud/3&types=version.deleted,version.restored', 2],
    ['model=ir*', 1],
    ['model=fraud', 1],
    ['stage=Archived&types=version.stage_transitioned', 3],
    ['from=None&to=Production', 4],
    ['from=Production&to=Archived&types=version.stage_transitioned', 2],
    ['tag=tier', 1],
    ['tag=tier=1', 1],
    ['tag=tier=2', 0],
    ['tag=team=risk&types=production.changed', 5],
  ])('%s are %d', async (query, count) => {
    expect(await all(query)).toHaveLength(count);
  });

  it('of a model by its name or id are told under all its names', async () => {
    const events = await all('subject=fraud&limit=1000');
    expect(events.length).toBeGreaterThan(20);
    const modelId: string = events[0]?.data.modelId;
    expect(await all(`subject=id:${modelId}`)).toEqual(events);
    expect(new Set(events.map(({ data }) => data.model))).toEqual(new Set(['fraud', fraud.name]));
  });

  it('come as a batch and as lines, with where to go on in the headers', async () => {
    const json = await server.get('/events?limit=4');
    const batch = await server.get('/events?limit=4', { accept: 'application/cloudevents-batch+json' });
    expect(batch.headers.get('content-type')).toContain('application/cloudevents-batch+json');
    expect(batch.body).toEqual(json.body.items);
    expect(batch.headers.get('x-as-of-position')).toBe(String(json.body.position));
    expect(batch.headers.get('link')).toBe(`<${json.body.next}>; rel="next"`);
    const lines = await server.get('/events?limit=4', { accept: 'application/x-ndjson' });
    const read = lines.text.trimEnd().split('\n');
    expect(read.map((line) => JSON.parse(line) as unknown)).toEqual(json.body.items);
    const parsed = HTTP.toEvent({
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: batch.text,
    });
    expect([parsed].flat().map(({ id }) => id)).toEqual(batch.body.map(({ id }: Event) => id));
    const { status, body } = await server.get('/events', { accept: 'application/xml' });
    expect([status, body.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('are found by their ids', async () => {
    for (const event of await all('limit=1000')) {
      const { body, text, headers } = await server.get(`/events/${event.id}`);
      expect(body).toEqual(event);
      const parsed = HTTP.toEvent({
        headers: { 'content-type': headers.get('content-type') ?? '' },
        body: text,
      });
      expect([parsed].flat()[0]?.id).toBe(event.id);
    }
    const { status, body } = await server.get('/events/nothing');
    expect([status, body.code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });
});

describe('whoever waits for events', () => {
  const now = async () => (await server.get('/events?limit=1000')).body.position as number;

  it('is answered as soon as there is one that matches', async () => {
    const waiting = server.get(`/events?after=${await now()}&types=model.described&wait=60`);
    await tell('POST', 'registered-models/set-tag', { name: 'iris', key: 'a', value: 'b' });
    await tell('PATCH', 'registered-models/update', { name: 'iris', description: 'Flowers.' });
    const { body } = await waiting;
    expect(body.items.map(shortOf)).toEqual(['model.described']);
  });

  it('is told how far it has looked when there is none', async () => {
    const before = await now();
    const waiting = server.get(`/events?after=${before}&types=model.deleted&wait=1`);
    await tell('POST', 'registered-models/set-tag', { name: 'iris', key: 'a', value: 'c' });
    const { body } = await waiting;
    expect(body.items).toEqual([]);
    expect(body.position).toBeGreaterThan(before);
    expect(body.next).toContain(`after=${body.position}`);
    expect(body.next).toContain('wait=1');
  });

  it('does not hold up the end of the server', async () => {
    const other = await startNativeServer();
    const waiting = other.raw('GET', '/api/v1/events?wait=60');
    const stream = await fetch(`${other.url}/api/v1/events/stream`);
    await other.get('/schemas');
    await other.close();
    expect((await waiting).body).toMatchObject({ items: [] });
    expect(await stream.text()).toContain(': the server stops: connect again\n\n');
  });
});

describe('what is wrong', () => {
  it.each([
    ['after=99999999', 'INVALID_MOMENT', 'after'],
    ['after=2999-01-01T00:00:00Z', 'INVALID_MOMENT', 'after'],
  ])('%s is no place in the log', async (query, code, parameter) => {
    for (const route of ['/events', '/events/stream']) {
      const { status, body } = await server.get(`${route}?${query}`);
      expect([status, body.code, body.parameter]).toEqual([400, code, parameter]);
    }
  });

  it.each([
    ['types=nonsense', 'types'],
    ['types=', 'types'],
    ['after=yesterday', 'after'],
    ['after=-1', 'after'],
    ['limit=10001', 'limit'],
    ['limit=0', 'limit'],
    ['wait=61', 'wait'],
    ['stage=Prod', 'stage'],
    ['subject=fraud/x', 'subject'],
    ['model=', 'model'],
    ['tag=a%00', 'tag'],
    ['colour=red', 'colour'],
  ])('%s is refused by name', async (query, parameter) => {
    const { status, body } = await server.get(`/events?${query}`);
    expect([status, body.code, body.errors[0].parameter]).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      parameter,
    ]);
  });
});

describe('the schemas', () => {
  it('are listed and served one by one, under the name that events call theirs', async () => {
    const { body } = await server.get('/schemas');
    expect(body.items.map(({ type }: Event) => type)).toEqual(noticeTypes);
    const [event] = await all('limit=1');
    for (const { type, schema } of body.items as { type: string; schema: string }[]) {
      const answer = await server.get(schema.slice('/api/v1'.length));
      expect(answer.body.$id).toBe(`urn:annals:schema:${type}`);
      if (type === event?.type) {
        expect((event as unknown as { dataschema: string }).dataschema).toBe(
          `${answer.body.$id}#/properties/data`,
        );
      }
    }
    const { status } = await server.get('/schemas/nonsense');
    expect(status).toBe(404);
  });
});
