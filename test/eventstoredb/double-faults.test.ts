import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { credentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../support/eventstoredb/certificate.js';
import { appends } from '../support/eventstoredb/calls.js';
import { Doubles } from '../support/eventstoredb/doubles.js';
import { EventStoreDbCluster } from '../support/eventstoredb/eventstoredb-cluster.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import { identifierOf, uuidMessage } from '../support/eventstoredb/messages.js';

const doubles = new Doubles();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annals-double-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const counted = (n: number) => jsonEvent({ type: 'Counted', data: { n } });

const numberOf = (event?: { readonly data: unknown }) => (event?.data as { n?: number } | undefined)?.n;

const lengthOf = async (client: Client, stream = 'iris') =>
  (await client.readStream(stream).toArray()).length;

describe('the double of EventStoreDB, told to fail', () => {
  let double: EventStoreDbDouble;
  let client: Client;
  beforeEach(async () => {
    double = await doubles.start();
    client = doubles.connect(double);
  });

  it('holds an append up until it is healed, and no other', async () => {
    await double.fail('batchAppend', { kind: 'hang' }, 1);
    const late = client.appendToStream('iris', counted(1));
    await double.until(({ made }) => made.batchAppend === 1);
    await client.appendToStream('iris', counted(2));
    await double.heal();
    expect(await late).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('makes the append of a client that has given up all the same', async () => {
    await double.fail('batchAppend', { kind: 'hang' });
    const given = client.appendToStream('iris', counted(1)).catch((error: unknown) => error);
    await double.until(({ made }) => made.batchAppend === 1);
    await double.cutConnections();
    expect(await given).toMatchObject({ type: 'unavailable' });
    await double.heal();
    expect(await lengthOf(client)).toBe(1);
  });

  it('makes no part of an append whose client is gone before it has sent everything', async () => {
    const raw = new streams.StreamsClient(`127.0.0.1:${double.port}`, credentials.createInsecure());
    const call = raw.append(() => undefined);
    call.on('error', () => undefined);
    const options = new streamMessages.AppendReq.Options()
      .setStreamIdentifier(identifierOf('iris'))
      .setNoStream(new shared.Empty());
    const event = new streamMessages.AppendReq.ProposedMessage()
      .setId(uuidMessage(randomUUID(), 'text'))
      .setData(Buffer.from('{}'));
    call.write(new streamMessages.AppendReq().setOptions(options));
    await new Promise((sent) => call.write(new streamMessages.AppendReq().setProposedMessage(event), sent));
    await client.readAll({ maxCount: 1 }).toArray();
    await double.cutConnections();
    await double.until(({ cancelled }) => cancelled.append === 1);
    raw.close();
    await expect(lengthOf(client)).rejects.toThrow('iris not found');
  });

  it('answers slowly', async () => {
    await double.fail('read', { kind: 'slow', milliseconds: 60 }, 1);
    const started = performance.now();
    await client.readAll({ maxCount: 1 }).toArray();
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  it.each([
    ['is unavailable', { kind: 'unavailable' }, 'unavailable'],
    ['denies access', { kind: 'access denied' }, 'access-denied'],
    ['cuts the connection', { kind: 'cut' }, 'unavailable'],
  ] as const)('%s for as many calls as it should', async (_, fault, type) => {
    await double.fail(appends, fault, 2);
    await expect(client.appendToStream('iris', counted(1))).rejects.toMatchObject({ type });
    await expect(client.appendToStream('iris', counted(2))).rejects.toMatchObject({ type });
    await client.appendToStream('iris', counted(3));
    await double.fail('read', fault);
    await expect(lengthOf(client)).rejects.toMatchObject({ type });
    await expect(lengthOf(client)).rejects.toMatchObject({ type });
    await double.heal();
    expect(await lengthOf(client)).toBe(1);
  });

  it('names another leader', async () => {
    const leader = await doubles.start();
    await double.fail(appends, { kind: 'not leader', leader: leader.member(true) }, 1);
    const refused = client.appendToStream('iris', counted(1));
    await expect(refused).rejects.toMatchObject({ type: 'not-leader', leader: { port: leader.port } });
    await client.appendToStream('iris', counted(1));
    expect((await leader.calls()).made.batchAppend).toBe(1);
  });

  it.each([[true], [false]])(
    'loses the answer to an append that it made (in a batch: %s)',
    async (batchAppends) => {
      const losing = await doubles.start({ batchAppends });
      const client = doubles.connect(losing);
      await losing.fail(appends, { kind: 'lose reply' }, 1);
      const event = counted(1);
      const append = () => client.appendToStream('iris', event, { expectedRevision: 'no_stream' });
      await expect(append()).rejects.toMatchObject({ type: 'unavailable' });
      expect(await lengthOf(client)).toBe(1);
      expect(await append()).toMatchObject({ success: true, nextExpectedRevision: 0n });
      expect(await lengthOf(client)).toBe(1);
    },
  );

  describe('with a subscription', () => {
    beforeEach(async () => {
      for (const n of [1, 2, 3]) await client.appendToStream('iris', counted(n));
    });

    /** The numbers that a subscription delivers until it ends, and its error. */
    async function heard() {
      const numbers: unknown[] = [];
      try {
        for await (const { event } of client.subscribeToStream('iris')) {
          numbers.push(numberOf(event));
        }
        return { numbers };
      } catch (error) {
        return { numbers, error };
      }
    }

    it('ends it without an error', async () => {
      await double.fail('subscribe', { kind: 'end', after: 2 }, 1);
      expect(await heard()).toEqual({ numbers: [1, 2] });
    });

    it('breaks it', async () => {
      await double.fail('subscribe', { kind: 'break', after: 1 }, 1);
      expect(await heard()).toMatchObject({ numbers: [1], error: { type: 'unavailable' } });
    });

    it('ends the one that is open', async () => {
      const hearing = heard();
      await double.until(({ sent }) => sent.subscribe === 5);
      await double.endSubscriptions('end');
      expect(await hearing).toEqual({ numbers: [1, 2, 3] });
    });

    it('says nothing more', async () => {
      const subscription = client.subscribeToStream('iris');
      const numbers: unknown[] = [];
      subscription.on('data', ({ event }) => numbers.push(numberOf(event)));
      await double.until(({ sent }) => sent.subscribe === 5);
      await double.endSubscriptions('go quiet');
      await client.appendToStream('iris', counted(4));
      expect(await lengthOf(client)).toBe(4);
      expect([numbers, (await double.calls()).open.subscribe]).toEqual([[1, 2, 3], 1]);
    });
  });

  it('answers when it is thawed', async () => {
    await client.appendToStream('iris', counted(1));
    double.freeze();
    const impatient = { deadline: 100, credentials: { username: 'not', password: 'batched' } };
    const refused = client.appendToStream('wine', counted(1), impatient);
    await expect(refused).rejects.toMatchObject({ type: 'deadline-exceeded' });
    const patient = client.appendToStream('iris', counted(2));
    double.thaw();
    expect(await patient).toMatchObject({ nextExpectedRevision: 1n });
  });
});

describe('the double of EventStoreDB with a file', () => {
  it('has everything that it acknowledged when it was killed and is started again', async () => {
    const double = await doubles.start({ file: join(folder, 'log') });
    const client = doubles.connect(double);
    const event = counted(1);
    const append = () => client.appendToStream('iris', event, { expectedRevision: 'no_stream' });
    const first = await append();
    await double.kill();
    const again = doubles.keep(await double.restart());

    expect(again.port).toBe(double.port);
    expect(await append()).toEqual(first);
    expect(await lengthOf(client)).toBe(1);
  });

  it('forgets the ids of those who expected nothing', async () => {
    const double = await doubles.start({ file: join(folder, 'log') });
    const event = counted(1);
    await doubles.connect(double).appendToStream('iris', event);
    await double.kill();
    const client = doubles.connect(doubles.keep(await double.restart()));
    await client.appendToStream('iris', event);
    expect(await lengthOf(client)).toBe(2);
  });

  it('goes on as a cluster when its leader is dead', async () => {
    const cluster = await EventStoreDbCluster.start(3, join(folder, 'log'));
    try {
      const client = doubles.connect(cluster);
      await client.appendToStream('iris', counted(1));
      const { leader: dead, members } = cluster;
      expect((await dead.calls()).made.batchAppend).toBe(1);
      await dead.kill();
      await cluster.elect(members[1]!, [dead]);
      expect(await client.appendToStream('iris', counted(2))).toMatchObject({ nextExpectedRevision: 1n });

      await cluster.elect(members[2]!, [dead]);
      const other = doubles.connect(members[1]!);
      const refused = other.appendToStream('iris', counted(3));
      await expect(refused).rejects.toMatchObject({ type: 'not-leader', leader: { port: members[2]!.port } });
    } finally {
      await cluster.stop();
    }
  });
});

describe('the double of EventStoreDB with users', () => {
  const admin = { name: 'admin', password: 'change:it', admin: true };
  const registry = { name: 'registry', password: 'secret' };

  it('lets them do what they may, over TLS', async () => {
    const tls = makeCertificate(folder);
    if (tls === undefined) {
      process.stderr.write('SKIPPED: there is no openssl, so TLS and users of the double were not tested\n');
      return;
    }
    const double = await doubles.start({ tls, users: [registry, admin] });
    const denied = { type: 'access-denied' };
    const client = doubles.connect(double);
    await client.appendToStream('iris', counted(1));
    expect(await lengthOf(client)).toBe(1);
    await expect(client.readAll().toArray()).rejects.toMatchObject(denied);
    await expect(client.appendToStream('$mine', counted(1))).rejects.toMatchObject(denied);

    await doubles
      .connect(double.connectionStringFor(admin))
      .setStreamMetadata('$all', { acl: { readRoles: ['registry'] } });
    expect((await client.readAll().toArray()).length).toBeGreaterThan(1);

    const nobody = doubles.connect(double.connectionStringFor());
    await expect(nobody.appendToStream('iris', counted(1))).rejects.toMatchObject(denied);
    const stranger = doubles.connect(double.connectionStringFor({ ...registry, password: 'wrong' }));
    await expect(lengthOf(stranger)).rejects.toMatchObject({ type: 'access-denied', code: 16 });
  });
});
