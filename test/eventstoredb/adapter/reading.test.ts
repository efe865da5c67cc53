import { beforeEach, describe, expect, it } from '@jest/globals';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import type { EventStoreDbEventStore } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import { Doubles } from '../../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../../support/eventstoredb/eventstoredb-double.js';
import { all, appendLong, counted, countedUpTo, iterator } from '../../support/log-events.js';
import { impatient, OpenedStores } from './opened-stores.js';

const doubles = new Doubles();
const stores = new OpenedStores();

let double: EventStoreDbDouble;
let store: EventStoreDbEventStore;
beforeEach(async () => {
  double = await doubles.start();
  store = stores.open(double);
});

describe('a reading', () => {
  it('that is left is cancelled on the server', async () => {
    await appendLong(store, 'long', 4_000);
    for await (const { revision } of store.readStream('long')) if (revision === 3) break;
    const { cancelled } = await double.until(({ open }) => open.read === 0);
    expect(cancelled.read).toBe(1);
  });

  it('may take its time between two events', async () => {
    await store.append('iris', 'no-stream', countedUpTo(3));
    const hasty = stores.open(double, { timings: { readProgress: 1_500 } });
    const reading = iterator(hasty.readStream('iris'));
    await reading.next();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await reading.next()).toMatchObject({ value: { revision: 1 } });
    await reading.return?.();
  });

  it('fails within its patience when the server says nothing', async () => {
    await double.fail('read', { kind: 'hang' });
    const hasty = stores.open(double, { timings: impatient });
    await expect(all(hasty.readStream('iris'))).rejects.toThrow(LogUnavailableError);
    await expect(all(hasty.readAll())).rejects.toThrow('no answer within 400 ms');
    const { open } = await double.until((calls) => calls.open.read === 0);
    expect(open.read).toBe(0);
  });

  it.each([
    ['the server was not available', { kind: 'unavailable' }],
    ['the connection was cut', { kind: 'cut' }],
  ] as const)('is made again when %s', async (_, fault) => {
    await store.append('iris', 'no-stream', countedUpTo(3));
    await double.fail('read', fault, 2);
    expect(await all(store.readStream('iris'))).toHaveLength(3);
  });

  it('is refused when it has been made again in vain', async () => {
    await double.fail('read', { kind: 'unavailable' });
    await expect(all(store.readStream('iris'))).rejects.toThrow(LogUnavailableError);
    expect((await double.calls()).made.read).toBe(3);
  });

  it('is not made again when access is denied', async () => {
    await double.fail('read', { kind: 'access denied' });
    await expect(store.head()).rejects.toThrow('the server denies access');
    expect((await double.calls()).made.read).toBe(1);
  });

  it('goes to the node that leads when the one that was asked does not', async () => {
    const leader = await doubles.start();
    await stores.open(leader).append('iris', 'no-stream', countedUpTo(2));
    await double.fail('read', { kind: 'not leader', leader: leader.member(true) }, 1);
    expect(await all(store.readStream('iris'))).toHaveLength(2);
  });

  it('goes on in the middle when the log is read in several calls', async () => {
    await appendLong(store, 'long', 1_000);
    await double.fail('read', { kind: 'unavailable' }, 1);
    const events = await all(store.readAll());
    expect(events.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index),
    );
  });

  it('never shows what the system writes', async () => {
    await double.writeSystemEvents(3);
    await store.append('iris', 'no-stream', [counted(1)]);
    await double.writeSystemEvents(3);
    expect((await all(store.readAll())).map(({ stream }) => stream)).toEqual(['iris']);
  });

  it('shows only the streams of the log beside those of others', async () => {
    const ours = stores.open(double, { streamPrefixes: ['model-'] });
    await store.append('other-1', 'no-stream', [counted(1)]);
    const { position } = await ours.append('model-1', 'no-stream', [counted(2)]);
    await store.append('other-2', 'no-stream', [counted(3)]);
    expect((await all(ours.readAll())).map(({ stream }) => stream)).toEqual(['model-1']);
    expect(await ours.head()).toBe(position);
  });

  it.each(['forwards', 'backwards'] as const)(
    'finds the place of a position of another log, %s',
    async (direction) => {
      const first = await store.append('iris', 'no-stream', [counted(1)]);
      const second = await store.append('iris', 0, [counted(2)]);
      const from = direction === 'forwards' ? first.position + 1 : second.position - 1;
      const [found] = await all(store.readAll({ from, direction, limit: 1 }));
      expect(found?.revision).toBe(direction === 'forwards' ? 1 : 0);
    },
  );
});

describe('the head', () => {
  it('is 0 while the log is empty, whatever the system writes', async () => {
    await double.writeSystemEvents(100);
    expect(await store.head()).toBe(0);
  });

  it('is behind what the system has written since', async () => {
    const { position } = await store.append('iris', 'no-stream', [counted(1)]);
    await double.writeSystemEvents(1_000);
    expect(await stores.open(double).head()).toBe(position);
  });

  it('costs one call once the end of the log has been looked at', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    await double.writeSystemEvents(1_000);
    await store.head();
    const before = (await double.calls()).made.read;
    await store.head();
    expect((await double.calls()).made.read).toBe(before + 1);
  });

  it('is found once for all who ask at the same time', async () => {
    const { position } = await store.append('iris', 'no-stream', [counted(1)]);
    const heads = await Promise.all(Array.from({ length: 50 }, () => store.head()));
    expect(new Set(heads)).toEqual(new Set([position]));
    expect((await double.calls()).made.read).toBeLessThanOrEqual(2);
  });

  it('is that of another writer too, also when a subscription has seen it first', async () => {
    const subscription = iterator(store.subscribe({ after: 0, signal: new AbortController().signal }));
    await subscription.next();
    const { position } = await stores.open(double).append('iris', 'no-stream', [counted(1)]);
    await subscription.next();
    expect(await store.head()).toBe(position);
    await subscription.return?.();
  });

  it('is that of another writer too', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    await store.head();
    const { position } = await stores.open(double).append('iris', 0, [counted(2)]);
    expect(await store.head()).toBe(position);
  });
});
