import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { annalsStreams } from '../../src/application/history/annals-streams.js';
import { connectToEventStoreDb } from '../../src/infrastructure/eventstoredb/connect.js';
import { readConnectionAddress } from '../../src/infrastructure/eventstoredb/connection-address.js';
import { allSequences } from '../support/all-sequences.js';
import type { AnnalsProcess } from '../support/annals-process.js';
import { WebhookReceiver, disorderIn, mixedUpIn } from '../support/webhook-receiver.js';
import { metric, untilAllTold } from '../support/webhook-standing.js';
import type { TwoNodes } from './two-nodes.js';
import { startTwoNodes } from './two-nodes.js';

const models = 4;
const rounds = 2;
const takeoverMilliseconds = 15_000;

/** An event of the log that says which process did something. */
interface Deed {
  readonly type: string;
  readonly by: string;
}

const isActive = async ({ client }: AnnalsProcess) =>
  (await metric(client, 'annals_dispatcher_active')).get('') === 1;

describe('two nodes, of which the one that sends webhooks is killed again and again', () => {
  let nodes: TwoNodes;
  let receiver: WebhookReceiver;
  let expected: string[];
  const deeds: Deed[] = [];
  const takeovers: number[] = [];

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    let requests = 0;
    receiver.answer = () => ((requests += 1) % 3 === 0 ? 503 : 204);
    nodes = await startTwoNodes({
      ANNALS_WEBHOOK_ALLOW: '127.0.0.1',
      ANNALS_WEBHOOK_RETRIES: ['0', ...Array.from({ length: 40 }, () => '0.02')].join(),
      ANNALS_WEBHOOK_COOLDOWNS: '0.02',
    });
    const { one, other } = nodes;
    const webhook = { name: 'deployer', url: receiver.url, signed: false };
    expect((await one.client.send('POST', '/api/v1/webhooks', webhook)).status).toBe(201);
    for (let round = 0; round < rounds; round += 1) {
      while (!(await isActive(one)) && !(await isActive(other))) await pause(50);
      const [sender, heir] = (await isActive(one)) ? [one, other] : [other, one];
      const stop = new AbortController();
      const writing = Array.from({ length: models }, (_, model) => write(heir, `m${model}`, stop.signal));
      const before = receiver.arrivals.length;
      while (receiver.arrivals.length < before + 20) await pause(5);
      await sender.kill();
      const killed = performance.now();
      while (!(await isActive(heir))) await pause(50);
      const inherited = receiver.arrivals.length;
      while (receiver.arrivals.length === inherited) await pause(5);
      takeovers.push(performance.now() - killed);
      stop.abort();
      await Promise.all(writing);
      await sender.restart();
      await untilAllTold(heir.client);
    }
    const silent = () => undefined;
    const log = await connectToEventStoreDb(readConnectionAddress(nodes.connectionString), {
      ...annalsStreams,
      observer: { committed: silent, conflicted: silent, resent: silent },
      log: { info: silent, warn: silent },
    });
    expected = await allSequences(log);
    const filter = { streamPrefixes: ['dispatcherLease-', 'webhookDeliveries-'] };
    for await (const { type, metadata } of log.readAll({ filter })) {
      deeds.push({ type, by: (metadata as { client: { address: string } }).client.address });
    }
    await log.close();
  }, 180_000);

  afterAll(async () => {
    await nodes.end();
    await receiver.stop();
  });

  it('the other one goes on within fifteen seconds', () => {
    expect(takeovers).toHaveLength(rounds);
    expect(Math.max(...takeovers)).toBeLessThan(takeoverMilliseconds);
  });

  it('never two of them send', () => {
    const holders: string[] = [];
    const strangers = deeds.filter(({ type, by }) => {
      if (type === 'LeaseTaken') holders.push(by);
      return by !== holders.at(-1);
    });
    expect(strangers).toEqual([]);
    expect(holders).toHaveLength(rounds + 1);
    expect(new Set(holders.slice(0, 2)).size).toBe(2);
  });

  it('nothing is skipped', () => {
    const arrived = receiver.arrivals.filter(({ status }) => status === 204).map(({ sequence }) => sequence);
    expect([...new Set(arrived)].sort()).toEqual(expected);
  });

  it('nothing is out of order, and everything keeps its id', () => {
    expect(disorderIn(receiver.arrivals)).toEqual([]);
    expect(mixedUpIn(receiver.arrivals)).toEqual([]);
  });
});

/** Creates versions of a model and moves them to Production. */
async function write({ client }: AnnalsProcess, name: string, stop: AbortSignal): Promise<void> {
  await client.mlflow('POST', 'registered-models/create', { name });
  while (!stop.aborted) {
    const source = 's3://bucket/model';
    const created = await client.mlflow('POST', 'model-versions/create', { name, source });
    const version = String(created.body['model_version']?.['version']);
    const move = { name, version, stage: 'Production', archive_existing_versions: true };
    await client.mlflow('POST', 'model-versions/transition-stage', move);
    await pause(50);
  }
}
