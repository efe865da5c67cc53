import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyLog } from '../../src/application/copying/copy-log.js';
import { annalsStreams } from '../../src/application/history/annals-streams.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { OpenedStores } from './adapter/opened-stores.js';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import { all, counted } from '../support/log-events.js';
import { contentsOf, fill, iris, takingTurns } from '../application/copying/copied-logs.js';

const doubles = new Doubles();
const stores = new OpenedStores();

let folder: string;
let double: EventStoreDbDouble;
let source: EmbeddedEventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'annals-copy-'));
  double = await doubles.start({ file: join(folder, 'log') });
  source = EmbeddedEventStore.open(':memory:');
  await fill(source, takingTurns);
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (server: EventStoreDbDouble) => stores.open(server, annalsStreams);
const copy = (from: EventStore, to: EventStore) =>
  copyLog({ source: from, target: to, streams: annalsStreams });

describe('a log that is copied to EventStoreDB', () => {
  it('is the same there, and when it is copied back', async () => {
    const server = open(double);
    expect(await copy(source, server)).toEqual({ events: 10, streams: 3, copied: 10 });
    expect(await contentsOf(server)).toEqual(await contentsOf(source));

    const back = EmbeddedEventStore.open(':memory:');
    expect(await copy(server, back)).toEqual({ events: 10, streams: 3, copied: 10 });
    expect(await copy(source, back)).toEqual({ events: 10, streams: 3, copied: 0 });
  });

  it('is the same on another server, from one to the other', async () => {
    const [one, other] = [open(double), open(await doubles.start())];
    await copy(source, one);
    expect(await copy(one, other)).toEqual({ events: 10, streams: 3, copied: 10 });
    expect(await contentsOf(other)).toEqual(await contentsOf(source));
  });

  it('is told from what others have on that server', async () => {
    const everything = stores.open(double);
    await everything.append('orders-1', 'no-stream', [counted(1)]);
    expect(await copy(source, open(double))).toMatchObject({ events: 10 });
    expect(await all(everything.readAll())).toHaveLength(11);
  });

  it('goes on after each append of which the reply was lost, and has nothing twice', async () => {
    const server = open(double);
    await double.fail('append', { kind: 'lose reply' }, 3);
    expect(await copy(source, server)).toMatchObject({ events: 10, copied: 10 });
  });

  it('goes on with a server that has crashed and come back', async () => {
    const server = open(double);
    const append = server.append.bind(server);
    let appends = 0;
    server.append = async (...given) => {
      appends += 1;
      if (appends === 4) await double.kill();
      return append(...given);
    };
    await expect(copy(source, server)).rejects.toThrow('The log is unavailable');

    const revived = open(doubles.keep(await double.restart()));
    expect(await copy(source, revived)).toMatchObject({ events: 10 });
    expect(await contentsOf(revived)).toEqual(await contentsOf(source));
  });

  it('is copied in parts of which none is larger than the server takes at once', async () => {
    const text = 'x'.repeat(300_000);
    await source.append(
      iris,
      4,
      Array.from({ length: 6 }, (_, count) => counted(count, { text })),
    );
    expect(await copy(source, open(double))).toMatchObject({ events: 16 });
  });
});
