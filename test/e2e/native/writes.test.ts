import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { as, startNativeServer } from '../../support/native/native-server.js';
import type { NativeServer } from '../../support/native/native-server.js';

let server: NativeServer | undefined;
let name = '';
let count = 0;

beforeEach(async () => {
  server ??= await startNativeServer();
  name = `m${(count += 1)}`;
  await server.mlflow('POST', 'registered-models/create', { name });
  for (const number of ['1', '2']) {
    await server.mlflow('POST', 'model-versions/create', { name, source: `s3://b/${number}` });
  }
});

afterAll(() => server?.close());

const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
  (server as NativeServer).post(`/models/${path}`, body, headers);
const get = (path: string, headers?: Record<string, string>) => (server as NativeServer).get(path, headers);
const mlflow = (method: string, path: string, body: object) =>
  (server as NativeServer).mlflow(method, path, body);
const stagesOf = async () => {
  const { body } = await get(`/stages?model=${name}`);
  return body.items.map(({ version, stage }: never) => [version, stage]);
};
const toProduction = (version: number, more: object = {}, headers?: Record<string, string>) =>
  post(`${name}/versions/${version}/transitions`, { stage: 'Production', ...more }, headers);

describe('a transition', () => {
  it('archives what is in the stage unless told otherwise, and says what it did', async () => {
    await toProduction(1);
    const { body, headers } = await toProduction(2, { comment: 'Better.' }, as('ana'));
    expect(body).toMatchObject({
      dryRun: false,
      repeated: false,
      archived: [1],
      events: [
        { version: 1, to: 'Archived', inFavourOf: 2 },
        { version: 2, to: 'Production', comment: 'Better.', actor: { id: 'ana' }, archived: [1] },
      ],
    });
    expect(body.position).toBe(body.events[1].position);
    expect(headers.get('etag')).toBe(`"${body.modelId}.${body.revision}"`);
    expect(await stagesOf()).toEqual([
      [1, 'Archived'],
      [2, 'Production'],
    ]);
    await toProduction(1, { archiveExistingVersions: false });
    expect(await stagesOf()).toEqual([
      [1, 'Production'],
      [2, 'Production'],
    ]);
  });

  it('to a stage out of which nothing can be archived archives nothing', async () => {
    expect((await post(`${name}/versions/1/transitions`, { stage: 'Archived' })).status).toBe(200);
    expect(await stagesOf()).toContainEqual([1, 'Archived']);
  });

  it('can be addressed by the id of the model', async () => {
    const { body } = await get(`/models/${name}`);
    const answer = await post(`id:${body.model.id}/versions/1/transitions`, { stage: 'Staging' });
    expect(answer.body.modelId).toBe(body.model.id);
    const unknown = await post(`id:00000000-0000-4000-8000-000000000000/versions/1/transitions`, {
      stage: 'Staging',
    });
    expect(unknown.status).toBe(404);
  });

  it('to a stage that does not exist is refused and put on record', async () => {
    const { status, body } = await post(`${name}/versions/1/transitions`, { stage: 'Prod' });
    expect([status, body.code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const audit = await get(`/audit?subject=${name}&outcome=invalid`);
    expect(audit.body.items).toMatchObject([{ refusal: { command: 'TransitionStage' } }]);
  });
});

describe('a dry run', () => {
  it('says what would happen and changes nothing', async () => {
    await toProduction(1);
    const before = await get('/audit?limit=1');
    const plans = [
      await post(`${name}/versions/2/transitions?dryRun=true`, { stage: 'Production' }),
      await post(`${name}/rollback?dryRun=true`),
      await post(`${name}/versions/1/restore?dryRun=true`),
      await post(`${name}/versions/7/transitions?dryRun=true`, { stage: 'Staging' }),
    ];
    expect(plans.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(plans[0]?.body).toMatchObject({ dryRun: true, archived: [1], refusal: null });
    expect(plans[0]?.body.events).toMatchObject([
      { type: 'StageTransitioned', data: { version: 1, to: 'Archived', inFavourOf: 2 } },
      { type: 'StageTransitioned', data: { version: 2, to: 'Production' } },
    ]);
    expect(plans.slice(1).map(({ body }) => body.refusal.code)).toEqual([
      'RESOURCE_CONFLICT',
      'RESOURCE_CONFLICT',
      'RESOURCE_DOES_NOT_EXIST',
    ]);
    expect((await get('/audit?limit=1')).body).toEqual(before.body);
  });

  it('of a write that comes too late says what has happened since', async () => {
    const { body: moved } = await toProduction(1);
    const path = `${name}/versions/2/transitions?dryRun=true`;
    const seen = { 'if-match': `"${moved.modelId}.1"` };
    const { body } = await post(path, { stage: 'Production' }, seen);
    expect(body.refusal).toMatchObject({ code: 'PRECONDITION_FAILED', status: 412 });
    expect(body.refusal.since.map(({ type }: never) => type)).toEqual([
      'VersionCreated',
      'StageTransitioned',
    ]);
  });
});

describe('If-Match', () => {
  it('lets a write pass on the model as the client knows it', async () => {
    const etag = (await get(`/models/${name}`)).headers.get('etag') ?? '';
    expect((await toProduction(1, {}, { 'if-match': etag })).status).toBe(200);
    const late = await toProduction(2, {}, { 'if-match': etag });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: 'PRECONDITION_FAILED', etag: etag.replace(/\d+"$/, '3"') });
    expect(late.body.since).toMatchObject([{ type: 'StageTransitioned', version: 1 }]);
    expect((await toProduction(2, {}, { 'if-match': '*' })).status).toBe(200);
  });

  it('is of one model, also when another one has its name and as many events', async () => {
    const etag = (await get(`/models/${name}`)).headers.get('etag') ?? '';
    await mlflow('DELETE', 'registered-models/delete', { name });
    await mlflow('POST', 'registered-models/create', { name });
    for (const source of ['s3://b/3', 's3://b/4'])
      await mlflow('POST', 'model-versions/create', { name, source });

    const { status, body } = await toProduction(1, {}, { 'if-match': etag });
    expect([status, body.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect(body.detail).toBe('This is another model than was expected; it is at revision 2.');
    expect(body.since).toHaveLength(3);
  });

  it('is refused when it is no ETag of a model', async () => {
    for (const bad of ['2', 'W/"2"', '"2", "3"', '"abc"']) {
      const { status, body } = await toProduction(1, {}, { 'if-match': bad });
      expect([status, body.errors[0].parameter]).toEqual([400, 'If-Match']);
    }
  });
});

describe('an Idempotency-Key', () => {
  it('brings the first answer again', async () => {
    const key = { 'idempotency-key': `key of ${name}` };
    const first = await toProduction(1, {}, key);
    await toProduction(2);
    const again = await toProduction(1, {}, key);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await toProduction(1, { comment: 'other' }, key)).status).toBe(409);
  });
});

describe('a rollback', () => {
  it('goes back to who was in Production before', async () => {
    await toProduction(1);
    await toProduction(2);
    const { body } = await post(`${name}/rollback`, { comment: 'v2 is bad' });
    expect(body.events.at(-1)).toMatchObject({ version: 1, to: 'Production', comment: 'v2 is bad' });
    expect(await stagesOf()).toEqual([
      [1, 'Production'],
      [2, 'Archived'],
    ]);
  });

  it('does what its plan and its dry run say', async () => {
    await toProduction(1);
    await toProduction(2);
    const plan = await get(`/models/${name}/rollback-plan`);
    const dryRun = await post(`${name}/rollback?dryRun=true`);
    const { body } = await post(`${name}/rollback`, undefined, { 'if-match': dryRun.body.etag });
    expect(plan.body).toMatchObject({ target: { version: 1 }, archives: [2] });
    expect(dryRun.body.archived).toEqual([2]);
    expect(body.archived).toEqual([2]);
    expect(body.events.map(({ type }: never) => type)).toEqual(
      dryRun.body.events.map(({ type }: never) => type),
    );
  });

  it('is refused when there is nothing to go back to', async () => {
    await toProduction(1);
    expect((await post(`${name}/rollback`)).status).toBe(409);
    expect((await get(`/models/${name}/rollback-plan`)).body).toMatchObject({ target: null, archives: [] });
  });
});

describe('a restoration', () => {
  it('brings a deleted version back', async () => {
    await server?.mlflow('DELETE', 'model-versions/delete', { name, version: '2' });
    expect((await get(`/models/${name}/versions/2`)).body.version.deleted).toBe(true);
    expect((await post(`${name}/versions/2/restore`)).status).toBe(200);
    expect((await get(`/models/${name}/versions/2`)).body.version.deleted).toBe(false);
    expect((await post(`${name}/versions/2/restore`)).status).toBe(409);
  });

  it('brings a deleted model back, by its id', async () => {
    await server?.mlflow('DELETE', 'registered-models/delete', { name });
    expect((await get(`/models/${name}`)).status).toBe(404);
    const { body } = await get(`/audit/deletions?subject=${name}`);
    const id = `id:${body.items[0].model.id}`;
    expect((await post(`${name}/restore`)).body.errors[0].parameter).toBe('model');
    expect((await post(`${id}/restore?dryRun=true`)).body.events).toMatchObject([{ type: 'ModelRestored' }]);
    expect((await post(`${id}/restore`)).status).toBe(200);
    expect((await get(`/models/${name}`)).body.model.id).toBe(body.items[0].model.id);
    const deletions = await get(`/audit/deletions?subject=${id}`);
    expect(deletions.body.items[0].restoredAt).toBeGreaterThan(0);
  });

  it('is refused when the name was given to another model', async () => {
    const { body } = await get(`/models/${name}`);
    await server?.mlflow('DELETE', 'registered-models/delete', { name });
    await server?.mlflow('POST', 'registered-models/create', { name });
    const answer = await post(`id:${body.model.id}/restore`);
    expect([answer.status, answer.body.code]).toEqual([409, 'RESOURCE_ALREADY_EXISTS']);
  });
});
