import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { OpenedStores } from './adapter/opened-stores.js';
import { AnnalsProcess } from '../support/annals-process.js';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import { all } from '../support/log-events.js';
import { readAnswers } from './read-answers.js';
import { expectWhatWasPromised } from './recorded-writes.js';
import { Writers } from './writers.js';

const doubles = new Doubles();
const stores = new OpenedStores();
const models = Array.from({ length: 6 }, (_, index) => `model-${index}`);

let folder: string;
let double: EventStoreDbDouble;
let node: AnnalsProcess;
let writers: Writers;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'annals-faults-'));
  double = await doubles.start({ file: join(folder, 'log') });
  node = await AnnalsProcess.start(join(folder, 'data'), { ANNALS_EVENTSTORE: double.connectionString });
  for (const name of models) await node.client.mlflow('POST', 'registered-models/create', { name });
  writers = new Writers(node.client, models, 64);
  await writers.until({ acknowledged: 1_000 });
});
afterEach(async () => {
  await writers.stop();
  await node.kill();
  rmSync(folder, { recursive: true });
});

function log(): Promise<RecordedEvent[]> {
  return all(stores.open(double).readAll({ filter: { streamPrefixes: ['registeredModel-'] } }));
}

/** After the fault: the service is ready again, has work done, and everything is as it was promised. */
async function expectRecovery(): Promise<void> {
  await node.untilReady();
  await writers.until({ acknowledged: 1_000 });
  await writers.stop();
  expectWhatWasPromised(await log(), writers);
  await node.untilCaughtUp();
  const before = await readAnswers(node.client, models);
  await node.rebuild();
  expect(await readAnswers(node.client, models)).toEqual(before);
}

describe('64 clients lose nothing and get nothing twice when the log', () => {
  it('is frozen until a write has been given up, and goes on', async () => {
    double.freeze();
    await node.untilReady(false);
    await writers.until({ refused: 1 });
    double.thaw();
    await expectRecovery();
  });

  it('is frozen for a moment', async () => {
    for (let time = 0; time < 3; time += 1) {
      double.freeze();
      await node.untilReady(false);
      double.thaw();
      await node.untilReady();
      await writers.until({ acknowledged: 300 });
    }
    await expectRecovery();
  });

  it('is killed, and started again some time later', async () => {
    for (let time = 0; time < 3; time += 1) {
      await double.kill();
      await node.untilReady(false);
      await writers.until({ refused: 64 });
      double = doubles.keep(await double.restart());
      await node.untilReady();
      await writers.until({ acknowledged: 300 });
    }
    await expectRecovery();
  });

  it('is killed and started again at once', async () => {
    for (let time = 0; time < 5; time += 1) {
      await double.kill();
      double = doubles.keep(await double.restart());
      await writers.until({ acknowledged: 300 });
    }
    await expectRecovery();
  });

  it('stores what it was sent and loses the connection before it answers, now and then', async () => {
    for (let time = 0; time < 20; time += 1) {
      await double.fail('append', { kind: 'lose reply' }, 1 + Math.floor(Math.random() * 3));
      await writers.until({ acknowledged: 1 + Math.floor(Math.random() * 150) });
    }
    await double.heal();
    await expectRecovery();
  });

  it('refuses everything for a while', async () => {
    await double.fail('all', { kind: 'unavailable' });
    await double.endSubscriptions('break');
    await node.untilReady(false);
    await writers.until({ refused: 64 });
    await double.heal();
    await expectRecovery();
  });

  it('has no leader for a while', async () => {
    await double.fail(['append', 'read', 'subscribe'], { kind: 'not leader', leader: double.member(true) });
    await double.endSubscriptions('break');
    await node.untilReady(false);
    await writers.until({ refused: 64 });
    await double.heal();
    await expectRecovery();
  });

  it('answers so late that everything is sent twice', async () => {
    await double.fail('append', { kind: 'hang' }, 20);
    await writers.until({ acknowledged: 50 });
    await double.heal();
    await expectRecovery();
  });
});

describe('64 clients lose nothing and get nothing twice when the node', () => {
  it('is killed and started again', async () => {
    for (let time = 0; time < 5; time += 1) {
      await node.kill();
      await node.restart();
      await writers.until({ acknowledged: 300 });
    }
    await expectRecovery();
  });

  it('is killed together with the log', async () => {
    await Promise.all([node.kill(), double.kill()]);
    double = doubles.keep(await double.restart());
    await node.restart();
    await expectRecovery();
  });
});
