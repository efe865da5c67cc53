import type {
  AllStreamSubscription,
  EventStoreDBClient as Client,
  StreamSubscription,
} from '@eventstore/db-client';
import {
  BACKWARDS,
  binaryEvent,
  END,
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';

const numbered = (...numbers: number[]) => numbers.map((n) => jsonEvent({ type: 'Counted', data: { n } }));

interface Read {
  readonly event?: { readonly data?: unknown; readonly position?: { readonly commit: bigint } };
}

const numbersOf = (events: readonly Read[]) =>
  events.map(({ event }) => (event?.data as { n?: number } | undefined)?.n);

describe.each([
  ['BatchAppend', true],
  ['unary Append', false],
])('the double of EventStoreDB with %s', (_, batchAppends) => {
  const doubles = new Doubles(afterAll);
  let client: Client;
  let double: EventStoreDbDouble;
  let iris: string;
  beforeAll(async () => {
    double = await doubles.start({ batchAppends, maximumAppendSize: 10_000 });
    client = doubles.connect(double);
  });
  beforeEach(() => {
    iris = `iris-${randomUUID()}`;
  });

  it('uses that way to append', async () => {
    await client.appendToStream(iris, numbered(1));
    const { append, batchAppend } = (await double.calls()).made;
    expect(batchAppends ? [append, batchAppend] : [batchAppend, append]).toEqual([0, 1]);
  });

  it('gives back what was appended', async () => {
    const stream = `${iris}-ä`;
    const event = jsonEvent({ type: 'Counted', data: { n: 1 }, metadata: { who: 'me' } });
    const bytes = binaryEvent({ type: 'Bytes', data: Buffer.from([0, 255]) });
    const appended = await client.appendToStream(stream, [event, bytes], {
      expectedRevision: 'no_stream',
    });

    const [first, second] = (await client.readStream(stream).toArray()).map(({ event }) => event);
    expect(appended).toEqual({ success: true, nextExpectedRevision: 1n, position: second?.position });
    const { contentType: _, ...sent } = event;
    expect(first).toMatchObject({ ...sent, streamId: stream, revision: 0n, isJson: true });
    expect(second).toMatchObject({ id: bytes.id, revision: 1n, isJson: false });
    expect(Buffer.from(second?.data as Uint8Array)).toEqual(Buffer.from([0, 255]));
    expect(Math.abs(Date.now() - Number(first?.created))).toBeLessThan(10_000);
  });

  it.each([
    ['an exact revision', 0n, 1n],
    ['a revision to come', 5n, 1n],
    ['no stream', 'no_stream', 1n],
  ] as const)('refuses an append that expects %s in vain', async (_, expectedRevision, actualVersion) => {
    await client.appendToStream(iris, numbered(1, 2));
    await expect(client.appendToStream(iris, numbered(3), { expectedRevision })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: iris,
      expectedVersion: expectedRevision,
      actualVersion,
    });
  });

  it.each([['stream_exists'], [0n]] as const)(
    'refuses an append that expects %s where nothing is',
    (expected) =>
      expect(client.appendToStream(iris, numbered(1), { expectedRevision: expected })).rejects.toMatchObject({
        expectedVersion: expected,
        actualVersion: 'no_stream',
      }),
  );

  it.each([
    ['no stream', 'no_stream'],
    ['any stream', 'any'],
  ] as const)('answers a repeated append to %s as it answered the first', async (_, expectedRevision) => {
    const events = numbered(1, 2);
    const first = await client.appendToStream(iris, events, { expectedRevision });
    await client.appendToStream(iris, numbered(3));
    expect(await client.appendToStream(iris, events, { expectedRevision })).toEqual(first);
    expect(numbersOf(await client.readStream(iris).toArray())).toEqual([1, 2, 3]);
  });

  it('refuses an append that is repeated in part, or at another place', async () => {
    const [one, two, three] = numbered(1, 2, 3);
    await client.appendToStream(iris, [one!, two!], { expectedRevision: 'no_stream' });
    const wrong = { type: 'wrong-expected-version' };
    for (const [events, expectedRevision] of [
      [[one!, three!], 'no_stream'],
      [[one!, two!, three!], 'no_stream'],
      [[one!, three!], 'any'],
      [[one!], 0n],
    ] as const) {
      await expect(client.appendToStream(iris, [...events], { expectedRevision })).rejects.toMatchObject(
        wrong,
      );
    }
  });

  it('refuses what is too large', () =>
    expect(
      client.appendToStream(iris, jsonEvent({ type: 'Large', data: 'x'.repeat(10_000) })),
    ).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 10_000 }));

  it('refuses an append to a tombstone', async () => {
    await client.appendToStream(iris, numbered(1));
    await client.tombstoneStream(iris);
    const deleted = { type: 'stream-deleted', streamName: iris };
    await expect(client.appendToStream(iris, numbered(2))).rejects.toMatchObject(deleted);
    await expect(client.readStream(iris).toArray()).rejects.toMatchObject(deleted);
  });

  it('goes on with the numbers of a stream that was deleted', async () => {
    await client.appendToStream(iris, numbered(1, 2));
    await client.deleteStream(iris, { expectedRevision: 1n });
    await expect(client.readStream(iris).toArray()).rejects.toMatchObject({ type: 'stream-not-found' });
    const gone = client.appendToStream(iris, numbered(3), { expectedRevision: 'stream_exists' });
    await expect(gone).rejects.toMatchObject({ type: 'stream-deleted' });

    const again = await client.appendToStream(iris, numbered(3), { expectedRevision: 'no_stream' });
    expect(again.nextExpectedRevision).toBe(2n);
    expect(numbersOf(await client.readStream(iris).toArray())).toEqual([3]);
  });
});

describe('the double of EventStoreDB', () => {
  const doubles = new Doubles();
  let client: Client;
  let double: EventStoreDbDouble;
  beforeEach(async () => {
    double = await doubles.start();
    client = doubles.connect(double);
  });

  it('takes an append in several messages as one', async () => {
    const events = Array.from({ length: 5 }, () => jsonEvent({ type: 'Large', data: 'x'.repeat(100_000) }));
    await client.appendToStream('iris', events, { batchAppendSize: 150_000 });
    expect(await client.readStream('iris').toArray()).toHaveLength(5);
    expect((await double.calls()).made.batchAppend).toBe(1);
  });

  it('can be discovered by its gossip', async () => {
    const discovering = doubles.connect(double.connectionString.replace('esdb:', 'esdb+discover:'));
    await discovering.appendToStream('iris', numbered(1));
    expect((await double.calls()).made.gossip).toBe(1);
  });

  it('refuses a deletion that expects the wrong revision', async () => {
    await client.appendToStream('iris', numbered(1));
    await expect(client.deleteStream('iris', { expectedRevision: 5n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 5n,
      actualVersion: 0n,
    });
  });

  it('hides what the metadata of a stream say', async () => {
    await client.appendToStream('iris', numbered(0, 1, 2, 3));
    await client.setStreamMetadata('iris', { truncateBefore: 1 });
    expect(numbersOf(await client.readStream('iris').toArray())).toEqual([1, 2, 3]);
    await client.setStreamMetadata('iris', { maxCount: 2 });
    expect(numbersOf(await client.readStream('iris').toArray())).toEqual([2, 3]);
    expect(await client.getStreamMetadata('iris')).toMatchObject({ metadata: { maxCount: 2 } });
  });

  it('reads a stream in both directions', async () => {
    await client.appendToStream('iris', numbered(0, 1, 2, 3));
    const read = async (...options: Parameters<Client['readStream']>) =>
      numbersOf(await client.readStream(...options).toArray());
    expect(await read('iris', { fromRevision: 1n, maxCount: 2 })).toEqual([1, 2]);
    expect(await read('iris', { fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await read('iris', { fromRevision: END, direction: BACKWARDS, maxCount: 1 })).toEqual([3]);
    expect(await read('iris', { fromRevision: 9n })).toEqual([]);
  });

  describe('reading $all', () => {
    it('has the events of the server between those of its clients', async () => {
      await client.appendToStream('iris', numbered(1));
      await double.writeSystemEvents(1);
      await client.appendToStream('wine', numbered(2));
      const types = (await client.readAll().toArray()).map(({ event }) => event?.type);
      expect(types.slice(-3)).toEqual(['Counted', '$statsCollected', 'Counted']);
      expect(types[0]).toMatch(/^\$/);
    });

    it('includes the event at a position forwards, but not backwards', async () => {
      const { position: fromPosition } = await client.appendToStream('iris', numbered(1));
      await client.appendToStream('iris', numbered(2, 3));
      expect(numbersOf(await client.readAll({ fromPosition: fromPosition! }).toArray())).toEqual([1, 2, 3]);
      const backwards = client.readAll({ fromPosition: fromPosition!, direction: BACKWARDS, maxCount: 1 });
      expect((await backwards.toArray())[0]?.event?.type).toBe('$statsCollected');
      const newest = client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 2 });
      expect(numbersOf(await newest.toArray())).toEqual([3, 2]);
    });

    it('refuses a position between two events', async () => {
      const { position } = await client.appendToStream('iris', numbered(1, 2));
      const fromPosition = { commit: position!.commit - 1n, prepare: position!.prepare - 1n };
      await expect(client.readAll({ fromPosition }).toArray()).rejects.toMatchObject({ code: 3 });
    });

    it('has positions that rise, but not by one', async () => {
      await client.appendToStream('iris', numbered(1, 2, 3));
      const events = await client.readAll().toArray();
      const positions = events.map(({ event }) => event?.position?.commit ?? 0n);
      positions.reduce((before, position) => {
        expect(position).toBeGreaterThan(before + 1n);
        return position;
      }, 0n);
      expect(events.every(({ event }) => event?.position?.prepare === event?.position?.commit)).toBe(true);
    });
  });

  describe('subscribed to', () => {
    /** What a subscription says, up to the event that has this number. */
    async function heard(
      subscription: AllStreamSubscription | StreamSubscription,
      upTo: number,
      said: unknown[] = [],
    ) {
      for (const word of ['confirmation', 'caughtUp'] as const) {
        subscription.on(word, () => said.push(word));
      }
      for await (const { event } of subscription) {
        const n = numbersOf([{ event: { data: event?.data } }])[0];
        said.push(n);
        if (n === upTo) break;
      }
      return said;
    }

    /** Does something when a subscription has caught up. */
    const onceCaughtUp = (
      subscription: AllStreamSubscription | StreamSubscription,
      act: () => Promise<unknown>,
    ) => new Promise((resolve) => subscription.once('caughtUp', () => resolve(act())));

    it('delivers what was appended and what is appended, to $all', async () => {
      await client.appendToStream('iris', numbered(1));
      const subscription = client.subscribeToAll({ filter: eventTypeFilter({ regex: '^Count' }) });
      const later = onceCaughtUp(subscription, () => client.appendToStream('wine', numbered(2)));
      expect(await heard(subscription, 2)).toEqual(['confirmation', 1, 'caughtUp', 2]);
      await later;
    });

    it('begins after a position', async () => {
      const { position } = await client.appendToStream('iris', numbered(1));
      await client.appendToStream('iris', numbered(2));
      const filter = streamNameFilter({ prefixes: ['iris'] });
      const subscription = client.subscribeToAll({ fromPosition: position!, filter });
      expect(await heard(subscription, 2)).toEqual(['confirmation', 2]);
    });

    it('delivers a stream from a revision on', async () => {
      await client.appendToStream('iris', numbered(1, 2));
      const subscription = client.subscribeToStream('iris', { fromRevision: 0n });
      const later = onceCaughtUp(subscription, async () => {
        await client.appendToStream('wine', numbered(3));
        await client.appendToStream('iris', numbered(4));
      });
      expect(await heard(subscription, 4)).toEqual(['confirmation', 2, 'caughtUp', 4]);
      await later;
    });

    it('tells by checkpoints how far it has come where nothing passes the filter', async () => {
      await double.writeSystemEvents(64);
      const said: unknown[] = [];
      const reached: bigint[] = [];
      const filter = streamNameFilter({
        prefixes: ['iris-', 'wine-'],
        maxSearchWindow: 8,
        checkpointInterval: 2,
        checkpointReached: async (_, { commit }) => {
          reached.push(commit);
          said.push('checkpoint');
        },
      });
      const subscription = client.subscribeToAll({ filter });
      const later = onceCaughtUp(subscription, async () => {
        await double.writeSystemEvents(16);
        await client.appendToStream('wine-1', numbered(1));
      });
      await heard(subscription, 1, said);
      await later;

      const live = said.indexOf('caughtUp');
      expect(said.slice(0, live).filter((word) => word === 'checkpoint').length).toBeGreaterThan(3);
      expect(said.slice(live)).toEqual(['caughtUp', 'checkpoint', 1]);
      expect(reached).toEqual([...new Set(reached)].sort((a, b) => Number(a - b)));
      const [head] = await client.readStream('wine-1').toArray();
      expect(reached.at(-1)).toBeLessThan(head!.event!.position!.commit);
    });

    it('waits for a client that is slow', async () => {
      const large = Array.from({ length: 100 }, () => jsonEvent({ type: 'Large', data: 'x'.repeat(9_000) }));
      for (let appends = 0; appends < 5; appends += 1) await client.appendToStream('iris', large);
      client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['iris'] }) });
      await double.until(({ sent }) => sent.subscribe > 16);
      for (let reads = 0; reads < 20; reads += 1) await client.readStream('$users').toArray();
      expect((await double.calls()).sent.subscribe).toBeLessThan(300);
    });

    it('ends when its client unsubscribes, which leaving the loop does not do', async () => {
      await client.appendToStream('iris', numbered(1));
      const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['iris'] }) });
      await heard(subscription, 1);
      expect((await double.calls()).open.subscribe).toBe(1);
      await subscription.unsubscribe();
      const { cancelled } = await double.until(({ open }) => open.subscribe === 0);
      expect(cancelled).toMatchObject({ subscribe: 1, read: 0 });
    });
  });
});
