import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incident, untilNoticed } from '../../support/native/fraud-incident.js';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';

interface Entry {
  readonly position: number;
  readonly type: string;
  readonly text: string;
  readonly recordedAt: string;
  readonly model: { readonly id: string; readonly name: string };
}

const { model, path } = incident;
const noticedBefore = '2020-01-01T00:00:00Z';

let server: NativeServer;
let entries: readonly Entry[];

beforeAll(async () => {
  server = await startNativeServer();
  await untilNoticed(server);
  const rollback = { comment: incident.comment };
  const etag = (await server.get(`/models/${path}`)).headers.get('etag') ?? '';
  const old = etag.replace(/\d+"$/, '2"');
  const stale = await server.post(`/models/${path}/rollback`, rollback, { ...as('ben'), 'if-match': old });
  expect(stale.status).toBe(412);
  expect((await server.post(`/models/${path}/rollback`, rollback, as('ana'))).status).toBe(200);
  await server.mlflow('POST', 'registered-models/rename', { name: 'iris', new_name: 'lily' }, as('ana'));
  await server.mlflow('DELETE', 'registered-models/delete', { name: 'lily' }, as('ben'));
  await server.mlflow('POST', 'registered-models/create', { name: 'lily' }, as('ana'));
  entries = (await server.all('/audit?order=oldestFirst&limit=5')) as readonly Entry[];
});

afterAll(() => server.close());

const find = (part: string) => {
  const entry = entries.find(({ text }) => text.includes(part));
  if (!entry) throw new Error(`Nothing says ${part}: ${entries.map(({ text }) => text).join('; ')}`);
  return entry;
};
const v1ToProduction = () => find('v1 from Staging to Production');
const v2ToProduction = () => find('v2 from None to Production');
const at = (position: number) => `asOf=position:${position}`;

describe('in one call', () => {
  it('Q1: what is in each stage now, for every model?', async () => {
    const { body } = await server.get('/stages');
    expect(body.items.map(({ model, version, stage }: never) => [model, version, stage])).toEqual([
      [model, 1, 'Production'],
      [model, 2, 'Archived'],
    ]);
    expect(body.asOf.position).toBe(entries.at(-1)?.position);
  });

  it('Q2: what was in Production at T, in one model and in all?', async () => {
    const before = v2ToProduction().position - 2;
    for (const query of [`stage=Production&${at(before)}`, `model=${path}&stage=production&${at(before)}`]) {
      const { body, headers } = await server.get(`/stages?${query}`);
      expect(body.items).toMatchObject([{ model, version: 1, stage: 'Production', closed: null }]);
      expect(headers.get('x-as-of-position')).toBe(String(before));
    }
    const { body } = await server.get(`/stages?stage=Production&asOf=${v2ToProduction().recordedAt}`);
    expect(body.items).toMatchObject([{ model, version: 2 }]);
  });

  it('Q3: when was which version in a stage, by whom and why?', async () => {
    const { body } = await server.get(`/models/${path}/stages/Production/occupancy`);
    expect(body.items).toMatchObject([
      { version: 1, opened: { actor: { id: 'ana' } }, closed: { inFavourOf: 2 } },
      { version: 2, closed: { inFavourOf: 1 } },
      { version: 1, opened: { comment: incident.comment }, closed: null },
    ]);
    expect(body.until).toEqual(body.asOf);
  });

  it('Q3: which stages did a version hold in a window?', async () => {
    const to = v2ToProduction().recordedAt;
    const { body } = await server.get(`/models/${path}/versions/1/occupancy?to=${to}`);
    expect(body.items.map(({ stage }: never) => stage)).toEqual(['None', 'Staging', 'Production']);
  });

  it('Q4: who moved v to Production, when, from where, why?', async () => {
    const { body } = await server.get(`/models/${path}/versions/1/transitions?to=Production`);
    expect(body.items).toMatchObject([
      { from: 'Staging', to: 'Production', cause: { actor: { id: 'ana' }, comment: null } },
      { from: 'Archived', to: 'Production', cause: { comment: incident.comment } },
    ]);
  });

  it('Q5: everything that happened to a model or version, under all its names and incarnations', async () => {
    const lily = (await server.all('/audit?subject=lily&order=oldestFirst')) as readonly Entry[];
    expect(lily.map(({ type }) => type)).toEqual([
      'ModelRegistered',
      'VersionCreated',
      'ModelRenamed',
      'ModelDeleted',
      'ModelRegistered',
    ]);
    expect(new Set(lily.map(({ model }) => model.id)).size).toBe(2);
    const one = (await server.all(`/audit?subject=id:${lily[0]?.model.id}`)) as readonly Entry[];
    expect(one).toHaveLength(4);
    const version = (await server.all(`/audit?subject=${path}/2&order=oldestFirst`)) as readonly Entry[];
    expect(version.map(({ type }) => type)).toEqual([
      'VersionCreated',
      'TagSet',
      'StageTransitioned',
      'VersionDescribed',
      'StageTransitioned',
    ]);
  });

  it('Q6: everything an actor did in a window', async () => {
    const { recordedAt } = v2ToProduction();
    const done = (await server.all(`/audit?actor=ben&from=${recordedAt}&outcome=done`)) as readonly Entry[];
    expect(done.map(({ type }) => type)).toEqual(['ModelDeleted', 'VersionDescribed']);
  });

  it('Q7: all Production changes in a window, with their count', async () => {
    const { body } = await server.get(`/audit/production-changes?from=${noticedBefore}&limit=2`);
    expect(body.count).toBe(5);
    const all = (await server.all(`/audit/production-changes?limit=2`)) as readonly Entry[];
    expect(all).toHaveLength(5);
    const csv = await server.get('/audit/production-changes?format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('x-count')).toBe('5');
    expect(csv.text.split('\r\n')).toHaveLength(7);
  });

  it('Q10: what changed in the 24 hours before T, across all models?', async () => {
    const { position, recordedAt } = v2ToProduction();
    const before = (await server.all(
      `/audit?to=${recordedAt}&before=24h&order=oldestFirst`,
    )) as readonly Entry[];
    expect(before.length).toBeGreaterThan(5);
    expect(before.every((entry) => entry.position < position)).toBe(true);
  });

  it('Q11: the incident report of a model and window, the same bytes whenever it is asked for', async () => {
    const to = find('archiving v2').recordedAt;
    const query = `model=${path}&from=${noticedBefore}&to=${to}`;
    const first = await server.get(`/incidents/report?${query}`);
    expect(first.body).toMatchObject({
      suspect: { version: { version: 2, runId: 'run-2' } },
      lastGood: { version: { version: 1, runId: 'run-1' } },
      exceptions: { refused: expect.any(Array), editsAfterProduction: [{ type: 'VersionDescribed' }] },
      toBeFilled: { impact: '', causes: '', actions: '' },
    });
    const open = `model=${path}&from=${noticedBefore}&asOf=position:${entries.at(-1)?.position}`;
    const upToNow = await server.get(`/incidents/report?${open}`);
    await server.mlflow('POST', 'registered-models/create', { name: 'later' }, as('ana'));
    expect((await server.get(`/incidents/report?${query}`)).text).toBe(first.text);
    expect((await server.get(`/incidents/report?${open}`)).text).toBe(upToNow.text);

    const markdown = await server.get(`/incidents/report?${query}`, { accept: 'text/markdown' });
    expect(markdown.text).toContain('# Incident report: fraud détection 100%');
    expect(markdown.text).toMatch(/## Impact\n\n## Causes\n\n## Actions\n$/);
    expect((await server.get(`/incidents/report?${query}&format=md`)).text).toBe(markdown.text);
  });

  it('Q12: what was the last known good version, and the plan to return to it', async () => {
    const noticed = find('changed the description').position;
    const { body } = await server.get(`/models/${path}/rollback-plan?${at(noticed)}`);
    expect(body).toMatchObject({ target: { version: 1 }, archives: [2], present: [{ version: 2 }] });
  });

  it('Q13: what differs between two versions, or in one at two times?', async () => {
    const two = await server.get(`/diff?left=${path}/1&right=${path}/2`);
    expect(two.body.difference.tags).toEqual([{ field: 'auc', left: '0.91', right: '0.97', changed: true }]);
    const then = encodeURIComponent(`${model}/2@position:${v2ToProduction().position}`);
    const { body } = await server.get(`/diff?left=${then}&right=${path}/2`);
    const changed = body.difference.fields.filter(({ changed }: never) => changed);
    expect(changed).toMatchObject([
      { field: 'stage', left: 'Production', right: 'Archived' },
      { field: 'description', left: '', right: 'Leaky feature.' },
      { field: 'updatedAt' },
    ]);
  });

  it('Q15: what was known of a version when it was promoted?', async () => {
    const { body } = await server.get(`/models/${path}/versions/2?${at(v2ToProduction().position)}`);
    expect(body.version).toMatchObject({ description: '', tags: [{ key: 'auc', value: '0.97' }] });
  });

  it('Q16: was a version changed after it had reached Production?', async () => {
    const { body } = await server.get(`/audit/post-production-edits?subject=${path}`);
    expect(body).toMatchObject({
      count: 1,
      items: [{ type: 'VersionDescribed', version: 2, after: { description: 'Leaky feature.' } }],
    });
  });

  it('Q23: which attempts were denied, failed or in conflict?', async () => {
    const { body } = await server.get('/audit?outcome=denied,failed,conflict');
    expect(body.items).toMatchObject([
      { type: 'CommandRefused', actor: { id: 'ben' }, refusal: { code: 'PRECONDITION_FAILED' } },
    ]);
  });

  it('Q26: what was deleted, with its contents before the deletion?', async () => {
    const { body } = await server.get('/audit/deletions');
    expect(body.items).toMatchObject([
      {
        model: { name: 'lily', deleted: false },
        version: null,
        restoredAt: null,
        entry: { actor: { id: 'ben' } },
      },
    ]);
    const [{ before, model: deleted }] = body.items;
    const versions = await server.get(`/models/id:${deleted.id}/versions?${at(before)}`);
    expect(versions.body.items).toMatchObject([{ version: 1, source: 's3://models/iris/1' }]);
  });

  it('which event was that?', async () => {
    const { position } = v1ToProduction();
    const { body } = await server.get(`/audit/position:${position}`);
    expect(body.entry.text).toContain('ana moved');
    expect((await server.get(`/audit/${body.entry.eventId}`)).body.entry).toEqual(body.entry);
  });
});
