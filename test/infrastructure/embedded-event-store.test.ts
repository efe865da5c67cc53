import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogUnavailableError } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { openLogFile } from '../../src/infrastructure/embedded-log/log-file.js';
import {
  afterEvents,
  all,
  appendLong,
  counted,
  countedUpTo,
  eventsOf,
  messagesUntil,
  whenCaughtUp,
} from '../support/log-events.js';

describe('the embedded log', () => {
  let database: DatabaseSync;
  let store: EmbeddedEventStore;
  let observed: (string | { appends: number; events: number })[];

  beforeEach(() => {
    observed = [];
    database = openLogFile(':memory:');
    store = new EmbeddedEventStore(database, {
      now: () => 1_000,
      observer: {
        committed: ({ appends, events }) => observed.push({ appends, events }),
        conflicted: () => observed.push('conflict'),
        resent: () => observed.push('resent'),
      },
    });
  });
  afterEach(() => store.close());

  const breakCommits = () =>
    database.exec(
      `CREATE TEMP TABLE creditors (id INTEGER PRIMARY KEY) STRICT;
       CREATE TEMP TABLE debts (id INTEGER REFERENCES creditors DEFERRABLE INITIALLY DEFERRED) STRICT;
       CREATE TEMP TRIGGER commits_fail AFTER INSERT ON main.events BEGIN INSERT INTO debts VALUES (1); END`,
    );
  const mendCommits = () => database.exec('DROP TRIGGER commits_fail');

  it('has its head at 0 while it is empty, and at the number of its events from then on', async () => {
    expect(await store.head()).toBe(0);
    await store.append('iris', 'no-stream', countedUpTo(3));
    expect(await store.head()).toBe(3);
    expect((await all(store.readAll())).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('takes the time from its clock', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    expect((await all(store.readAll()))[0]?.recordedAt).toBe(1_000);
  });

  it.each(['', 'half a pair \ud83e'])('refuses the stream name %j', async (stream) => {
    await expect(store.append(stream, 'no-stream', [counted(1)])).rejects.toThrow(TypeError);
  });

  it('lets nothing through a filter without prefixes, and everything through an empty prefix', async () => {
    await store.append('iris', 'no-stream', countedUpTo(3));
    expect(await all(store.readAll({ filter: { streamPrefixes: [] } }))).toEqual([]);
    expect(await all(store.readAll({ filter: { streamPrefixes: [''] } }))).toHaveLength(3);
  });

  it.each(['UPDATE events SET data = ?', 'DELETE FROM events WHERE data <> ?'])('refuses %s', async (sql) => {
    await store.append('iris', 'no-stream', countedUpTo(3));
    expect(() => database.prepare(sql).run('{}')).toThrow(/never/);
  });

  it('lets other work have its turn during a long reading', async () => {
    await appendLong(store, 'long', 5_000);
    let read = 0;
    const reading = (async () => {
      for await (const event of store.readAll()) {
        read = event.position;
      }
    })();
    await nextTurn();
    expect(read).toBeLessThan(5_000);
    await reading;
    expect(read).toBe(5_000);
  });

  describe('reading big events', () => {
    const text = 'x'.repeat(512 * 1024);
    const big = Array.from({ length: 20 }, (_, index) => counted(index, { text }));
    beforeEach(() => store.append('big', 'no-stream', big));

    it.each(['forwards', 'backwards'] as const)('misses none, %s', async (direction) => {
      expect(await all(store.readStream('big', { direction }))).toHaveLength(20);
      expect(await all(store.readAll({ direction }))).toHaveLength(20);
    });

    it('takes only some of them into memory at once', async () => {
      const reopened = new EmbeddedEventStore(database);
      const messages = await messagesUntil(reopened, { after: 0 }, whenCaughtUp);
      const atOnce = messages.map((message) => eventsOf([message]).length);
      expect(Math.max(...atOnce)).toBeLessThan(10);
      expect(eventsOf(messages)).toHaveLength(20);
    });
  });

  describe('committing', () => {
    it('commits what arrives in one turn at once, each append for itself', async () => {
      const appends = Array.from({ length: 64 }, (_, index) =>
        store.append(`model-${index}`, 'no-stream', countedUpTo(2)),
      );
      await Promise.all(appends);
      expect(observed).toEqual([{ appends: 64, events: 128 }]);
    });

    it('lets an append conflict without harm to those that are committed with it', async () => {
      const appends = [
        store.append('iris', 'no-stream', countedUpTo(2)),
        store.append('iris', 'no-stream', countedUpTo(1)),
        store.append('iris', 1, countedUpTo(1)),
        store.append('wine', 4, countedUpTo(1)),
        store.append('wine', 'no-stream', countedUpTo(1)),
      ];
      expect(await outcomes(appends)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(observed).toEqual([{ appends: 3, events: 4 }, 'conflict', 'conflict']);
    });

    it('reports no commit when nothing is written', async () => {
      const events = countedUpTo(2);
      await store.append('iris', 'no-stream', events);
      await store.append('iris', 'no-stream', events);
      await outcomes([store.append('iris', 'no-stream', [counted(1)])]);
      expect(observed).toEqual([{ appends: 1, events: 2 }, 'conflict']);
    });

    it('does not wait for a commit that was begun by another turn', async () => {
      await store.append('iris', 'no-stream', [counted(1)]);
      await store.append('iris', 0, [counted(1)]);
      expect(observed).toEqual([
        { appends: 1, events: 1 },
        { appends: 1, events: 1 },
      ]);
    });
  });

  describe('when a commit fails', () => {
    it('refuses all of its appends with the cause, and keeps none', async () => {
      await store.append('iris', 'no-stream', countedUpTo(2));
      breakCommits();
      const appends = [
        store.append('iris', 1, [counted(2)]),
        store.append('wine', 'no-stream', [counted(0)]),
      ];
      expect(await outcomes(appends)).toEqual(['rejected', 'rejected']);
      const error: unknown = await appends[0]?.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(LogUnavailableError);
      expect(error).toMatchObject({ cause: { code: 'ERR_SQLITE_ERROR' } });
      expect(await all(store.readAll())).toHaveLength(2);
      expect(await store.head()).toBe(2);
    });

    it('goes on where it was once commits succeed again', async () => {
      await store.append('iris', 'no-stream', countedUpTo(2));
      breakCommits();
      const lost = [store.append('iris', 1, [counted(2)]), store.append('wine', 'no-stream', [counted(0)])];
      await outcomes(lost);
      mendCommits();

      expect(await store.append('wine', 'no-stream', [counted(0)])).toEqual({ revision: 0, position: 3 });
      expect(await store.append('iris', 1, [counted(2)])).toEqual({ revision: 2, position: 4 });
    });

    it('tells subscribers nothing of it', async () => {
      const subscribed = messagesUntil(store, { after: 0 }, afterEvents(1));
      breakCommits();
      await outcomes([store.append('lost', 'no-stream', [counted(2)])]);
      mendCommits();
      await store.append('kept', 'no-stream', [counted(2)]);
      expect(eventsOf(await subscribed).map(({ stream }) => stream)).toEqual(['kept']);
    });

    it('goes on also after a full disk', async () => {
      await store.append('iris', 'no-stream', countedUpTo(2));
      database.exec('PRAGMA max_page_count = 1');
      const big = counted(2, { text: 'x'.repeat(100_000) });
      await expect(store.append('iris', 1, [big])).rejects.toThrow('database or disk is full');
      database.exec('PRAGMA max_page_count = 1000000');

      expect(await store.append('iris', 1, [big])).toEqual({ revision: 2, position: 3 });
    });
  });

  describe('a subscription', () => {
    it('leaves no listener on its signal, however it ends', async () => {
      const aborted = new AbortController();
      for await (const message of store.subscribe({ after: 0, signal: aborted.signal })) {
        expect(message.kind).toBe('caughtUp');
        setImmediate(() => aborted.abort());
      }
      const left = new AbortController();
      for await (const message of store.subscribe({ after: 0, signal: left.signal })) {
        expect(message.kind).toBe('caughtUp');
        break;
      }
      expect(getEventListeners(aborted.signal, 'abort')).toEqual([]);
      expect(getEventListeners(left.signal, 'abort')).toEqual([]);
    });

    it('lets other work have its turn while it catches up', async () => {
      await appendLong(store, 'long', 5_000);
      let delivered = 0;
      const subscribed = messagesUntil(store, { after: 0 }, (message) => {
        delivered += message.kind === 'events' ? message.events.length : 0;
        return message.kind === 'caughtUp';
      });
      await nextTurn();
      expect(delivered).toBeLessThan(5_000);
      await subscribed;
      expect(delivered).toBe(5_000);
    });
  });
});

async function outcomes(appends: readonly Promise<unknown>[]): Promise<string[]> {
  return (await Promise.allSettled(appends)).map(({ status }) => status);
}
