import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import { openHistory } from '../../../src/projections/history/open-history.js';
import type { OpenHistory } from '../../../src/projections/history/open-history.js';
import { context } from '../../support/registry-node.js';
import { registered, versionCreated } from '../registry/registry-spec.js';
import type { Fact } from '../../support/recorded-events.js';
import { Envelope } from '../../../src/application/deciding/envelope.js';

const end = Number.MAX_SAFE_INTEGER;

describe('the history of a node', () => {
  let folder: string;
  let store: EmbeddedEventStore;
  let history: OpenHistory | undefined;
  const logged: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'annals-history-'));
    store = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    logged.length = 0;
  });

  afterEach(async () => {
    await close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function open(): Promise<OpenHistory> {
    const log = { info: (_: object, message: string) => logged.push(message), error: () => undefined };
    history = openHistory(join(folder, 'history.sqlite'), store, log);
    await history.runner.start();
    await history.runner.caughtUp;
    return history;
  }

  async function close(): Promise<void> {
    await history?.runner.stop();
    history?.close();
    history = undefined;
  }

  function append(model: string, expected: number | 'no-stream', fact: Fact) {
    const metadata = new Envelope(context(), Date.now()).metadata() as unknown as JsonObject;
    const data = fact.data as JsonObject;
    const event = { id: randomUUID(), type: fact.type, data, metadata };
    return store.append(`registeredModel-${model}`, expected, [event]);
  }

  it('contains what has been recorded as soon as it has reached it', async () => {
    const { progress, past } = await open();
    await append('m', 'no-stream', registered('iris'));
    const { position } = await append('m', 0, versionCreated(1));

    expect(await progress.reached(position)).toBe(true);
    expect(past.version({ name: 'iris' }, 1, position)).toMatchObject({ stage: 'None', revision: 1 });
  });

  it('goes on where it was after a restart', async () => {
    await append('m', 'no-stream', registered('iris'));
    await open();
    await close();
    await append('m', 0, versionCreated(1));
    const { audit } = await open();

    expect(audit.count({})).toBe(2);
  });

  it('is built again when its file is gone', async () => {
    await append('m', 'no-stream', registered('iris'));
    const before = (await open()).past.model({ name: 'iris' }, end);
    await close();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(folder, `history.sqlite${suffix}`), { force: true });

    expect((await open()).past.model({ name: 'iris' }, end)).toEqual(before);
  });

  it('is built again when the log is another one', async () => {
    await append('m', 'no-stream', registered('iris'));
    await open();
    await close();
    await store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `log.sqlite${suffix}`), { force: true });
    store = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    await append('n', 'no-stream', registered('lily'));
    const { past } = await open();

    expect(past.models(end, { limit: 10 }).items).toMatchObject([{ id: 'n', name: 'lily' }]);
    expect(logged).toContain('projection is rebuilt from the log');
  });
});
