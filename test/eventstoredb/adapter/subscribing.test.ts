import { DatabaseSync } from 'node:sqlite';
import { jsonEvent } from '@eventstore/db-client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  SubscriptionDroppedError,
  SubscriptionStalledError,
} from '../../../src/application/ports/event-store.js';
import type { SubscriptionMessage } from '../../../src/application/ports/event-store.js';
import type { EventStoreDbEventStore } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import { ProjectionRunner } from '../../../src/projections/projection-runner.js';
import { ReadModelTransaction } from '../../../src/projections/read-model-transaction.js';
import { Doubles } from '../../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../../support/eventstoredb/eventstoredb-double.js';
import {
  afterEvents,
  appendLong,
  appendOneByOne,
  counted,
  countedUpTo,
  eventsOf,
  iterator,
  messagesUntil,
  whenCaughtUp,
} from '../../support/log-events.js';
import { impatient, OpenedStores } from './opened-stores.js';

const doubles = new Doubles();
const stores = new OpenedStores();

let double: EventStoreDbDouble;
let store: EventStoreDbEventStore;
beforeEach(async () => {
  double = await doubles.start();
  store = stores.open(double);
});

const everything = { after: 0, signal: new AbortController().signal };

describe('a subscription', () => {
  it.each([
    ['breaks', 'break'],
    ['is ended without an error', 'end'],
  ] as const)('throws when it %s', async (_, ending) => {
    await store.append('iris', 'no-stream', [counted(1)]);
    const subscription = iterator(store.subscribe(everything));
    await until(subscription, whenCaughtUp);
    await double.endSubscriptions(ending);
    await expect(subscription.next()).rejects.toThrow(SubscriptionDroppedError);
  });

  it('throws when the connection is cut', async () => {
    const subscription = iterator(store.subscribe(everything));
    await until(subscription, whenCaughtUp);
    await double.cutConnections();
    await expect(subscription.next()).rejects.toThrow(SubscriptionDroppedError);
  });

  it('throws when it cannot begin', async () => {
    await double.fail('subscribe', { kind: 'access denied' });
    await expect(iterator(store.subscribe(everything)).next()).rejects.toThrow('the server denies access');
  });

  it('delivers what came before it broke', async () => {
    await store.append('iris', 'no-stream', countedUpTo(20));
    await double.fail('subscribe', { kind: 'break', after: 10 }, 1);
    const subscription = iterator(store.subscribe(everything));
    const messages: SubscriptionMessage[] = [];
    const failure = await until(subscription, (message) => messages.push(message) < 0).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(SubscriptionDroppedError);
    expect(eventsOf(messages)).toHaveLength(10);
  });

  it('throws when it goes quiet although the log goes on', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    const hasty = stores.open(double, { timings: impatient });
    const subscription = iterator(hasty.subscribe(everything));
    await until(subscription, whenCaughtUp);
    await double.endSubscriptions('go quiet');
    await store.append('iris', 0, [counted(2)]);
    await expect(subscription.next()).rejects.toThrow(SubscriptionStalledError);
  });

  it('waits for as long as the log is quiet', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    const hasty = stores.open(double, { timings: impatient });
    const subscription = iterator(hasty.subscribe(everything));
    await until(subscription, whenCaughtUp);
    const next = subscription.next();
    await double.until(({ made }) => made.read >= 4);
    await store.append('iris', 0, [counted(2)]);
    expect(await next).toMatchObject({ value: { kind: 'events', events: [{ revision: 1 }] } });
    await subscription.return?.();
  });

  it.each(['aborted', 'left'])('is cancelled on the server when it is %s', async (how) => {
    const leaving = new AbortController();
    const subscription = iterator(store.subscribe({ after: 0, signal: leaving.signal }));
    await until(subscription, whenCaughtUp);
    const waiting = subscription.next();
    if (how === 'aborted') leaving.abort();
    else await subscription.return?.();
    expect(await waiting).toMatchObject({ done: true });
    const { cancelled } = await double.until(({ open }) => open.subscribe === 0);
    expect(cancelled.subscribe).toBe(1);
  });

  it('has caught up on a log without events', async () => {
    await double.writeSystemEvents(10);
    const messages = await messagesUntil(store, { after: 0 }, whenCaughtUp);
    expect(messages.at(-1)?.kind).toBe('caughtUp');
  });

  it('moves on with what others write, so that nobody has to pass it twice', async () => {
    const { position } = await store.append('iris', 'no-stream', [counted(1)]);
    const subscription = iterator(store.subscribe(everything));
    await until(subscription, whenCaughtUp);
    await double.writeSystemEvents(2_500);
    const { position: passed } = (await until(subscription, ({ kind }) => kind === 'caughtUp')) as {
      position: number;
    };
    expect(passed).toBeGreaterThan(position);
    await subscription.return?.();
    const { position: next } = await store.append('iris', 0, [counted(2)]);
    const messages = await messagesUntil(store, { after: passed }, afterEvents(1));
    expect(eventsOf(messages)).toMatchObject([{ revision: 1, position: next }]);
  });

  it('says now and then how far a long history has been delivered', async () => {
    await double.writeSystemEvents(5_000);
    // Too large to come in one go with what is before it, however late this process looks.
    await store.append('iris', 'no-stream', [counted(1, { text: 'x'.repeat(500_000) })]);
    const messages = await messagesUntil(store, { after: 0 }, whenCaughtUp);
    expect(messages.map(({ kind }) => kind)).toContain('checkpoint');
  });

  it('delivers events that say nothing to anybody', async () => {
    const client = doubles.connect(double);
    const binary = {
      ...jsonEvent({ type: 'Odd', data: {} }),
      contentType: 'application/octet-stream' as const,
    };
    await client.appendToStream('odd', [{ ...binary, data: new Uint8Array([1, 2, 3]) }] as never);
    await client.appendToStream('odd', [jsonEvent({ type: 'Text', data: 'just text' })]);
    const messages = await messagesUntil(store, { after: 0 }, afterEvents(2));
    expect(eventsOf(messages)).toMatchObject([
      { type: 'Odd', data: {}, metadata: {} },
      { type: 'Text', data: {}, metadata: {} },
    ]);
  });

  it('says what is wrong when its position is one of another log', async () => {
    const { position } = await store.append('iris', 'no-stream', countedUpTo(3));
    const subscription = iterator(store.subscribe({ ...everything, after: position - 1 }));
    await expect(subscription.next()).rejects.toThrow('Is the read model one of another log?');
  });

  it('holds the server back while its consumer is slow', async () => {
    await appendLong(store, 'long', 10_000);
    const subscription = iterator(store.subscribe(everything));
    await subscription.next();
    expect((await double.calls()).open.subscribe).toBe(1);
    await subscription.return?.();
  });
});

describe('a projection', () => {
  let db: DatabaseSync;
  let logged: string[];
  beforeEach(() => {
    db = new DatabaseSync(':memory:');
    logged = [];
  });

  const ids = () =>
    db
      .prepare('SELECT id FROM ids ORDER BY rowid')
      .all()
      .map(({ id }) => id);

  async function run(): Promise<ProjectionRunner> {
    const projection = {
      name: 'ids',
      version: 1,
      filter: { streamPrefixes: ['a-'] },
      create: () => db.exec('CREATE TABLE ids (id TEXT PRIMARY KEY) STRICT'),
      index: () => undefined,
      drop: () => db.exec('DROP TABLE IF EXISTS ids'),
      open: () => {
        const insert = db.prepare('INSERT INTO ids VALUES (?)');
        return ({ id }: { id: string }) => void insert.run(id);
      },
    };
    const note = (_: object, message: string) => void logged.push(message);
    const transaction = new ReadModelTransaction(db);
    const runner = new ProjectionRunner(projection, db, transaction, store, { info: note, error: note });
    await runner.start();
    return runner;
  }

  it('misses nothing and repeats nothing, however often its subscription comes to nothing', async () => {
    const events = countedUpTo(200);
    await appendOneByOne(store, 'a-1', events.slice(0, 100));
    await double.fail('subscribe', { kind: 'break', after: 30 }, 2);
    await double.fail('subscribe', { kind: 'end', after: 20 }, 1);
    const runner = await run();
    const { position } = await store.append('a-1', 99, events.slice(100));
    while (!(await runner.reached(position)));
    expect(runner.drops).toBe(3);
    expect(ids()).toEqual(events.map(({ id }) => id));
    expect(runner.failure).toBeUndefined();
    await runner.stop();
  });

  it('goes on where it was although others have written after the last event of the log', async () => {
    const { position } = await store.append('a-1', 'no-stream', [counted(1)]);
    await double.writeSystemEvents(5_000);
    const first = await run();
    while (first.position <= position) await double.calls();
    await first.stop();
    const second = await run();
    const { position: next } = await store.append('a-1', 0, [counted(2)]);
    while (!(await second.reached(next)));
    await second.stop();
    expect(ids()).toHaveLength(2);
    expect(logged).not.toContain('projection is rebuilt from the log');
  });
});

/** Asks until it is told what it waits for. */
async function until(
  subscription: AsyncIterator<SubscriptionMessage>,
  enough: (message: SubscriptionMessage) => boolean,
): Promise<SubscriptionMessage> {
  for (;;) {
    const next = await subscription.next();
    if (next.done) throw new Error('The subscription has ended');
    if (enough(next.value)) return next.value;
  }
}
