import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { startTestServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const reads = [
  'registered-models/search?max_results=1000',
  'registered-models/search?filter=tags.team%3D%27a%27',
  'model-versions/search',
  'model-versions/search?filter=tags.k%20LIKE%20%27%251%27&order_by=name',
  'registered-models/get?name=m1',
  'registered-models/get?name=m2 renamed',
  'registered-models/get-latest-versions?name=m1',
  'registered-models/alias?name=m1&alias=champion',
  'model-versions/get?name=m1&version=2',
  'model-versions/get?name=m1&version=3',
  'model-versions/get-download-uri?name=m1&version=4',
];

/** A history with something of everything. */
async function writeHistory({ mlflow }: TestServer): Promise<void> {
  for (const name of ['m1', 'm2', 'm3', 'gone']) {
    await mlflow('POST', 'registered-models/create', { name, tags: [{ key: 'team', value: 'a' }] });
    for (const run_id of ['r1', 'r2', 'r3']) {
      const tags = [{ key: 'k', value: run_id }];
      await mlflow('POST', 'model-versions/create', { name, source: `s3://bucket/${name}`, run_id, tags });
    }
  }
  await mlflow('POST', 'model-versions/create', { name: 'm1', source: 'models:/m2/1' });
  const move = { name: 'm1', stage: 'Production', archive_existing_versions: true };
  await mlflow('POST', 'model-versions/transition-stage', { ...move, version: '1' });
  await mlflow(
    'POST',
    'model-versions/transition-stage',
    { ...move, version: '2' },
    { 'idempotency-key': 'k' },
  );
  await mlflow('POST', 'registered-models/alias', { name: 'm1', alias: 'champion', version: '2' });
  await mlflow('POST', 'registered-models/alias', { name: 'm1', alias: 'old', version: '3' });
  await mlflow('DELETE', 'model-versions/delete', { name: 'm1', version: '3' });
  await mlflow('PATCH', 'model-versions/update', { name: 'm1', version: '1' });
  await mlflow('PATCH', 'registered-models/update', { name: 'm3', description: 'words' });
  await mlflow('POST', 'registered-models/rename', { name: 'm2', new_name: 'm2 renamed' });
  await mlflow('DELETE', 'registered-models/delete-tag', { name: 'm3', key: 'team' });
  await mlflow('POST', 'model-versions/set-tag', { name: 'm3', version: '1', key: 'k', value: 'x1' });
  await mlflow('DELETE', 'registered-models/delete', { name: 'gone' });
  await mlflow('POST', 'registered-models/create', { name: 'gone' });
}

describe('a read model that is deleted', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const start = () => startTestServer({ ANNALS_DATA: folder });
  const readAll = ({ mlflow }: TestServer) =>
    Promise.all(reads.map(async (path) => (await mlflow('GET', path)).body));
  const remove = (name: string) => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, name + suffix), { force: true });
  };

  it('gives the same answers after it has been rebuilt from the log', async () => {
    const before = await start();
    await writeHistory(before);
    const answers = await readAll(before);
    await before.close();
    remove('read-model.sqlite');
    remove('snapshots.sqlite');
    const after = await start();
    expect(await readAll(after)).toEqual(answers);
    await after.close();
  });

  it('still knows the idempotency keys after that', async () => {
    const before = await start();
    await writeHistory(before);
    await before.close();
    remove('read-model.sqlite');
    const after = await start();
    const move = { name: 'm1', stage: 'Production', archive_existing_versions: true, version: '2' };
    const head = (await after.send('GET', '/health/ready')).body['head'];
    const again = await after.mlflow('POST', 'model-versions/transition-stage', move, {
      'idempotency-key': 'k',
    });
    expect(again.body['model_version']).toHaveProperty('current_stage', 'Production');
    expect((await after.send('GET', '/health/ready')).body['head']).toBe(head);
    await after.close();
  });

  it('is rebuilt when the log beside it is another one', async () => {
    const before = await start();
    await writeHistory(before);
    await before.close();
    remove('log.sqlite');
    const after = await start();
    expect((await after.mlflow('GET', 'registered-models/search')).body).toEqual({});
    await after.close();
  });

  it('says in the metadata of every event who did it, from where and in which request', async () => {
    const server = await start();
    await server.mlflow(
      'POST',
      'registered-models/create',
      { name: 'm' },
      {
        authorization: `Basic ${btoa('ana:secret')}`,
        'user-agent': 'test',
        'x-request-id': 'request-1',
        'x-correlation-id': 'release-7',
      },
    );
    await server.close();
    const log = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    const seen = [];
    for await (const { type, metadata } of log.readAll()) seen.push({ type, metadata });
    const metadata = expect.objectContaining({
      actor: { type: 'user', id: 'ana', authentication: 'basic-unverified' },
      client: { address: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      $correlationId: 'release-7',
      $causationId: expect.any(String),
      happenedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(seen).toEqual([
      { type: 'NameClaimed', metadata },
      { type: 'ModelRegistered', metadata },
    ]);
    await log.close();
  });
});
