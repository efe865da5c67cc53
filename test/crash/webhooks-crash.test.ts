import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { allSequences } from '../support/all-sequences.js';
import { AnnalsProcess } from '../support/annals-process.js';
import { WebhookReceiver, disorderIn, mixedUpIn } from '../support/webhook-receiver.js';
import { untilAllTold } from '../support/webhook-standing.js';

const rounds = 6;
const models = 6;
const quick = { first: '0', others: Array.from({ length: 40 }, () => '0.02') };

describe('a dispatcher that is killed in the middle of deliveries to a receiver that fails a third of the time', () => {
  let folder: string;
  let receiver: WebhookReceiver;
  let expected: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'annals-webhooks-crash-'));
    receiver = await WebhookReceiver.start();
    let requests = 0;
    receiver.answer = () => ((requests += 1) % 3 === 0 ? 503 : 204);
    const annals = await AnnalsProcess.start(folder, {
      ANNALS_WEBHOOK_ALLOW: '127.0.0.1',
      ANNALS_WEBHOOK_RETRIES: [quick.first, ...quick.others].join(),
      ANNALS_WEBHOOK_COOLDOWNS: '0.02',
    });
    const created = await annals.client.send('POST', '/api/v1/webhooks', {
      name: 'deployer',
      url: receiver.url,
    });
    expect(created.status).toBe(201);
    for (let round = 0; round < rounds; round += 1) {
      const writing = Array.from({ length: models }, (_, model) => write(annals, `m${model}`));
      const before = receiver.arrivals.length;
      while (receiver.arrivals.length < before + 20) await pause(5);
      await pause(100 * round);
      await annals.kill();
      await Promise.all(writing);
      await annals.restart();
    }
    await untilAllTold(annals.client);
    expect(await annals.stop()).toBe(0);
    const log = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    expected = await allSequences(log);
    await log.close();
  }, 120_000);

  afterAll(async () => {
    await receiver.stop();
    rmSync(folder, { recursive: true });
  });

  it('has told everything', () => {
    const arrived = receiver.arrivals.filter(({ status }) => status === 204).map(({ sequence }) => sequence);
    expect(expected.length).toBeGreaterThan(rounds * 20);
    expect([...new Set(arrived)].sort()).toEqual(expected);
  });

  it('has told it in order for each model', () => {
    expect(disorderIn(receiver.arrivals)).toEqual([]);
  });

  it('has used the same id whenever it told the same', () => {
    expect(mixedUpIn(receiver.arrivals)).toEqual([]);
  });

  it('has tried again what failed, and little else', () => {
    const failed = receiver.arrivals.filter(({ status }) => status !== 204).length;
    expect(failed).toBeGreaterThan(rounds * 5);
    // Only what was under way when it was killed comes again without need: one notice of each model.
    expect(receiver.arrivals.length - failed - expected.length).toBeLessThanOrEqual(rounds * models);
  });
});

/** Registers a model, if it is not there, and creates and moves versions until the server is gone. */
async function write({ client }: AnnalsProcess, name: string): Promise<void> {
  try {
    await client.mlflow('POST', 'registered-models/create', { name });
    for (;;) {
      const created = await client.mlflow('POST', 'model-versions/create', {
        name,
        source: 's3://bucket/model',
      });
      const version = String(created.body['model_version']?.['version']);
      const move = { name, version, stage: 'Production', archive_existing_versions: true };
      await client.mlflow('POST', 'model-versions/transition-stage', move);
    }
  } catch {
    // The server has been killed: what was not acknowledged may or may not have happened.
  }
}
