import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { ProjectionRunner } from '../../src/projections/projection-runner.js';
import { ReadModelTransaction } from '../../src/projections/read-model-transaction.js';
import type { Projection } from '../../src/projections/projection.js';

const silent = { info: () => undefined, error: () => undefined };

/** Keeps the ids of the events, and stumbles over the type `Poison` as long as it is told to. */
function idsProjection({
  version = 1,
  stumbles = () => false,
}: { version?: number; stumbles?: () => boolean } = {}): Projection {
  return {
    name: 'ids',
    version,
    filter: { streamPrefixes: ['a-'] },
    create: (db) => db.exec('CREATE TABLE ids (id TEXT PRIMARY KEY) STRICT'),
    index: () => undefined,
    drop: (db) => db.exec('DROP TABLE IF EXISTS ids'),
    open: (db) => {
      const insert = db.prepare('INSERT INTO ids VALUES (?)');
      return ({ id, type }) => {
        if (type === 'Poison' && stumbles()) throw new Error('This event cannot be applied');
        insert.run(id);
      };
    },
  };
}

describe('a projection', () => {
  let store: EmbeddedEventStore;
  let db: DatabaseSync;
  let runners: ProjectionRunner[];

  beforeEach(() => {
    store = EmbeddedEventStore.open(':memory:');
    db = new DatabaseSync(':memory:');
    runners = [];
  });

  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await store.close();
  });

  const event = (type = 'Happened'): NewEvent => ({ id: randomUUID(), type, data: {}, metadata: {} });

  /** Appends to a stream of its own and answers the ids and the position. */
  async function append(stream: string, ...types: string[]) {
    const events = types.map(event);
    const { position } = await store.append(`${stream}-${randomUUID()}`, 'no-stream', events);
    return { ids: events.map(({ id }) => id), position };
  }

  async function run(projection = idsProjection()): Promise<ProjectionRunner> {
    const runner = new ProjectionRunner(projection, db, new ReadModelTransaction(db), store, silent);
    runners.push(runner);
    await runner.start();
    return runner;
  }

  const rows = () =>
    db
      .prepare('SELECT id FROM ids')
      .all()
      .map(({ id }) => id);

  it('takes in the history and then what is appended', async () => {
    const past = await append('a', 'Happened', 'Happened');
    const runner = await run();
    const live = await append('a', 'Happened');
    expect(await runner.reached(live.position)).toBe(true);
    expect(new Set(rows())).toEqual(new Set([...past.ids, ...live.ids]));
  });

  it('gets past what does not concern it', async () => {
    const runner = await run();
    const { position } = await append('other', 'Happened');
    expect(await runner.reached(position)).toBe(true);
    expect(rows()).toEqual([]);
  });

  it('goes on where it stopped', async () => {
    const first = await run();
    await first.reached((await append('a', 'Happened')).position);
    await first.stop();
    const { position } = await append('a', 'Happened');
    const second = await run();
    expect(await second.reached(position)).toBe(true);
    expect(rows()).toHaveLength(2);
  });

  it('is rebuilt when its version is another one', async () => {
    const first = await run();
    const { ids, position } = await append('a', 'Happened');
    await first.reached(position);
    await first.stop();
    db.exec("INSERT INTO ids VALUES ('left over')");
    const second = await run(idsProjection({ version: 2 }));
    await second.reached(position);
    expect(rows()).toEqual(ids);
  });

  it('is rebuilt when the log is not the one that it has followed', async () => {
    const first = await run();
    await first.reached((await append('a', 'Happened')).position);
    await first.stop();
    await store.close();
    store = EmbeddedEventStore.open(':memory:');
    const { ids, position } = await append('a', 'Happened', 'Happened');
    const second = await run();
    await second.reached(position);
    expect(new Set(rows())).toEqual(new Set(ids));
  });

  it('stops at an event that it cannot apply, says so, and never skips it', async () => {
    let stumbles = true;
    const runner = await run(idsProjection({ stumbles: () => stumbles }));
    await append('a', 'Poison');
    const behind = await append('a', 'Happened');
    while (runner.failure === undefined) await new Promise(setImmediate);
    expect(runner.failure.message).toBe('This event cannot be applied');
    expect(rows()).toEqual([]);
    stumbles = false;
    expect(await runner.reached(behind.position)).toBe(true);
    expect(runner.failure).toBeUndefined();
    expect(rows()).toHaveLength(2);
  });

  it('keeps nothing of a batch that failed', async () => {
    const runner = await run(idsProjection({ stumbles: () => true }));
    await append('a', 'Happened', 'Poison');
    while (runner.failure === undefined) await new Promise(setImmediate);
    expect(rows()).toEqual([]);
    expect(runner.position).toBe(0);
  });

  it('applies again what the database has taken back before it was committed', async () => {
    const runner = await run();
    const first = await append('a', 'Happened');
    await runner.reached(first.position);
    db.exec('ROLLBACK');
    const second = await append('a', 'Happened');
    while (runner.position < second.position || runner.failure) await new Promise(setImmediate);
    expect(new Set(rows())).toEqual(new Set([...first.ids, ...second.ids]));
  });

  it('tells those who wait in vain that it was in vain', async () => {
    const runner = await run();
    const waiting = runner.reached(1_000);
    await runner.stop();
    expect(await waiting).toBe(false);
  });

  it('tells those who follow it when it has come past a position', async () => {
    const runner = await run();
    const { position } = await append('a', 'Happened');
    const never = new AbortController();
    await runner.movedPast(position - 1, never.signal);
    expect(runner.position).toBe(position);

    const following = runner.movedPast(position, never.signal).then(() => runner.position);
    const later = await append('a', 'Happened');
    expect(await following).toBe(later.position);
  });

  it('lets those go who do not follow it any longer', async () => {
    const runner = await run();
    const leaving = new AbortController();
    const following = runner.movedPast(1_000, leaving.signal);
    leaving.abort();
    await following;
    expect(runner.position).toBeLessThan(1_000);
  });

  it('has caught up only when the whole history has been read', async () => {
    for (let i = 0; i < 20; i += 1) await append('a', ...Array.from({ length: 100 }, () => 'Happened'));
    const runner = await run();
    expect(runner.hasCaughtUp).toBe(false);
    await runner.reached(2_000);
    while (!runner.hasCaughtUp) await new Promise(setImmediate);
    expect(rows()).toHaveLength(2_000);
  });
});
