import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rounds = 6;
const clients = 32;
const models = 8;

/** What a client was told was done: the model and what it got. */
interface Acknowledged {
  readonly name: string;
  readonly version: string;
  readonly tag: string | undefined;
}

describe('a server that is killed in the middle of concurrent writes', () => {
  let folder: string;
  const acknowledged: Acknowledged[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'annals-crash-'));
    for (let round = 0; round < rounds; round += 1) {
      const server = await start(folder);
      await Promise.all(
        Array.from({ length: models }, (_, index) =>
          post(server.url, 'registered-models/create', { name: `m${index}` }),
        ),
      );
      const writing = Array.from({ length: clients }, (_, client) =>
        write(server.url, `${round}-${client}`, acknowledged),
      );
      const enough = acknowledged.length + 100;
      await pause(200 + 150 * round);
      while (acknowledged.length < enough) await pause(10);
      server.child.kill('SIGKILL');
      await Promise.all([...writing, once(server.child, 'exit')]);
    }
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('has every write that it acknowledged', async () => {
    const server = await start(folder);
    expect(acknowledged.length).toBeGreaterThan(rounds * 20);
    const lost = [];
    for (const { name, version, tag } of acknowledged) {
      const response = await fetch(
        `${server.url}/api/2.0/mlflow/model-versions/get?name=${name}&version=${version}`,
      );
      const { model_version: found } = (await response.json()) as {
        model_version?: { tags?: { value: string }[] };
      };
      if (!found || (tag !== undefined && !found.tags?.some(({ value }) => value === tag)))
        lost.push({ name, version, tag });
    }
    expect(lost).toEqual([]);
    await stop(server.child);
  });

  it('has no half of a command and numbers without gaps', async () => {
    const log = EmbeddedEventStore.open(join(folder, 'log.sqlite'));
    const streams = new Map<string, { production: Set<number>; highest: number; command: string }>();
    for await (const { stream, type, data, metadata } of log.readAll({
      filter: { streamPrefixes: ['registeredModel-'] },
    })) {
      const model = streams.get(stream) ?? { production: new Set<number>(), highest: 0, command: '' };
      streams.set(stream, model);
      const { $causationId: command } = metadata as { $causationId: string };
      // Between two commands every rule holds; the move that empties Production never stands alone.
      if (command !== model.command) expect(model.production.size).toBeLessThanOrEqual(1);
      model.command = command;
      if (type === 'VersionCreated') expect(data['version']).toBe((model.highest += 1));
      if (type === 'StageTransitioned') {
        const { version, to } = data as { version: number; to: string };
        if (to === 'Production') model.production.add(version);
        else model.production.delete(version);
      }
    }
    await log.close();
    const live = [...streams.values()].map(({ production }) => production.size);
    expect(Math.max(...live)).toBe(1);
  });

  it('has a read model that equals a rebuild', async () => {
    const read = async () => {
      const server = await start(folder);
      const search = await fetch(`${server.url}/api/2.0/mlflow/model-versions/search`);
      const list = await fetch(`${server.url}/api/2.0/mlflow/registered-models/search`);
      const answers = [await search.json(), await list.json()];
      await stop(server.child);
      return answers;
    };
    const before = await read();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(folder, `read-model.sqlite${suffix}`), { force: true });
    expect(await read()).toEqual(before);
  });
});

async function start(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const env = { ...process.env, ANNALS_PORT: '0', ANNALS_DATA: folder, ANNALS_LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url === undefined || !url.startsWith('http')) continue;
    child.stdout.resume();
    while (!(await fetch(`${url}/health/ready`)).ok) await new Promise(setImmediate);
    return { url, child };
  }
  throw new Error('The server ended before it listened');
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}

async function post(
  url: string,
  path: string,
  body: object,
): Promise<Record<string, Record<string, string>>> {
  const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, Record<string, string>>;
}

/** Creates versions, tags them and moves them to Production until the server is gone. */
async function write(url: string, client: string, acknowledged: Acknowledged[]): Promise<void> {
  try {
    for (let i = 0; ; i += 1) {
      const name = `m${i % models}`;
      const created = await post(url, 'model-versions/create', { name, source: 's3://bucket/model' });
      const version = created['model_version']?.['version'] ?? '';
      acknowledged.push({ name, version, tag: undefined });
      const tag = `${client}-${i}`;
      await post(url, 'model-versions/set-tag', { name, version, key: 'writer', value: tag });
      acknowledged.push({ name, version, tag });
      await post(url, 'model-versions/transition-stage', {
        name,
        version,
        stage: 'Production',
        archive_existing_versions: true,
      });
    }
  } catch {
    // The server has been killed: what was not acknowledged may or may not have happened.
  }
}
