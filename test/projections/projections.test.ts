import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogUnavailableError } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { ProjectionRunner } from '../../src/projections/projection-runner.js';
import { Projections } from '../../src/projections/projections.js';
import type { Projection } from '../../src/projections/projection.js';
import { ReadModelTransaction } from '../../src/projections/read-model-transaction.js';

const silent = { info: () => undefined, error: () => undefined };

describe('the projections of a node', () => {
  let store: EmbeddedEventStore;
  let projections: Projections | undefined;

  beforeEach(() => {
    store = EmbeddedEventStore.open(':memory:');
  });

  afterEach(async () => {
    await projections?.stop();
    await store.close();
  });

  function runner(
    name: string,
    does: () => void,
    db: DatabaseSync = new DatabaseSync(':memory:'),
  ): ProjectionRunner {
    const projection: Projection = {
      name,
      version: 1,
      filter: { streamPrefixes: ['a-'] },
      create: () => undefined,
      index: () => undefined,
      drop: () => undefined,
      open: () => does,
    };
    return new ProjectionRunner(projection, db, new ReadModelTransaction(db), store, silent);
  }

  async function append(stream: string): Promise<number> {
    const event = { id: crypto.randomUUID(), type: 'Happened', data: {}, metadata: {} };
    return (await store.append(stream, 'no-stream', [event])).position;
  }

  it('have reached a position when those have that are required', async () => {
    const stuck = runner('other', () => {
      throw new Error('This event cannot be applied');
    });
    projections = new Projections([runner('required', () => undefined)], [stuck]);
    await projections.start();
    const position = await append('a-1');

    expect(await projections.reached(position)).toBe(true);
    expect(stuck.position).toBe(0);
  });

  it('begin with the others as soon as the log can be asked, however often that fails', async () => {
    const db = new DatabaseSync(':memory:');
    const before = runner('other', () => undefined, db);
    await before.start();
    await before.stop();
    const other = runner('other', () => undefined, db);
    const head = store.head.bind(store);
    let failures = 2;
    store.head = async () => {
      if (failures === 0) return head();
      failures -= 1;
      throw new LogUnavailableError('it is away');
    };
    projections = new Projections([runner('required', () => undefined)], [other]);
    await projections.start();
    const position = await append('a-1');

    expect(await other.reached(position)).toBe(true);
    expect(failures).toBe(0);
  });

  it('begin with the others when the required ones have caught up', async () => {
    await append('a-1');
    const order: string[] = [];
    const other = runner('other', () => order.push('other'));
    projections = new Projections([runner('required', () => order.push('required'))], [other]);
    await projections.start();
    await other.caughtUp;

    expect(order).toEqual(['required', 'other']);
    expect(projections.status()).toMatchObject([
      { name: 'required', required: true, hasCaughtUp: true },
      { name: 'other', required: false, hasCaughtUp: true },
    ]);
  });

  it('end before the others have begun', async () => {
    projections = new Projections([runner('required', () => undefined)], [runner('other', () => undefined)]);
    await projections.start();
    await projections.stop();

    expect(projections.status()[1]).toMatchObject({ hasCaughtUp: false });
  });
});
