import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { contentsOf, fill, iris, takingTurns, wine } from '../application/copying/copied-logs.js';
import { Doubles } from '../support/eventstoredb/doubles.js';
import { counted } from '../support/log-events.js';
import { annals, killAnnalsWhen } from './annals-command.js';

const doubles = new Doubles();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annals-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function withLog<T>(name: string, use: (store: EmbeddedEventStore) => Promise<T>): Promise<T> {
  const store = EmbeddedEventStore.open(join(folder, name, 'log.sqlite'));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const copy = (from: string, to: string) => annals(folder, ['copy-log', '--from', from, '--to', to]);

describe('annals copy-log', () => {
  it('copies a log to EventStoreDB and back', async () => {
    await withLog('old', (store) => fill(store, takingTurns));
    const double = await doubles.start();

    const there = await copy('old', double.connectionString);
    expect(there).toMatchObject({ code: 0, errors: expect.stringMatching(/^Copying: \d+ events?, \d+ %$/m) });
    expect(there.output).toContain(
      `esdb://127.0.0.1:${double.port} is a true copy of ${join(folder, 'old', 'log.sqlite')}: ` +
        '10 events in 3 streams, 10 of them copied now.',
    );
    expect(await copy(double.connectionString, 'new')).toMatchObject({ code: 0 });
    expect(await withLog('new', contentsOf)).toEqual(await withLog('old', contentsOf));
  });

  it('goes on where it was when it was killed', async () => {
    const turns = Array.from({ length: 3_000 }, (_, turn) => (turn % 2 === 0 ? iris : wine));
    await withLog('old', async (store) => {
      const revisions = new Map<string, number>();
      const appends = turns.map((stream) => {
        const revision = revisions.get(stream) ?? -1;
        revisions.set(stream, revision + 1);
        return store.append(stream, revision < 0 ? 'no-stream' : revision, [counted(revision)]);
      });
      await Promise.all(appends);
    });
    const args = ['copy-log', '--from', 'old', '--to', 'new'];
    expect(await killAnnalsWhen('Copying', folder, args)).toBe(true);
    expect(await killAnnalsWhen('Copying', folder, args)).toBe(true);

    const { code, output } = await annals(folder, args);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('3000 events in 2 streams'),
    });
    expect(await withLog('new', contentsOf)).toEqual(await withLog('old', contentsOf));
  });

  it('ends with 1 when the logs differ, and says where', async () => {
    await withLog('old', (store) => fill(store, takingTurns));
    await withLog('new', (store) => fill(store, [iris]));
    expect(await copy('old', 'new')).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/^Event 1 is .* Name a target that is empty/),
    });
  });

  it('leaves a log alone that somebody holds', async () => {
    await withLog('old', async (store) => {
      await fill(store, takingTurns);
      expect(await copy('old', 'new')).toMatchObject({
        code: 1,
        errors: expect.stringContaining('is in use'),
      });
    });
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it('makes no log of a folder that has none', async () => {
    expect(await copy('nowhere', 'new')).toMatchObject({
      code: 1,
      errors: expect.stringContaining(`There is no log ${join(folder, 'nowhere', 'log.sqlite')}`),
    });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('says where the address is that cannot be used', async () => {
    await withLog('old', (store) => fill(store, takingTurns));
    expect(await copy('old', 'esdb://localhost?tlsCAFile=nowhere.crt')).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/there is no such file.* after --from or --to\.$/m),
    });
  });

  it('says that it can go on when the server does not take an event', async () => {
    await withLog('old', (store) => fill(store, takingTurns));
    const double = await doubles.start();
    await double.fail('append', { kind: 'access denied' });
    expect(await copy('old', double.connectionString)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/denies access .* it goes on from here/),
    });
  });
});

describe('annals', () => {
  it.each([
    [['--help'], 0, 'annals copy-log --from LOG --to LOG'],
    [['--version'], 0, '0.1.0'],
    [['serf'], 2, "There is no command 'serf'. `annals --help` says what there is."],
    [['copy-log', '--from', 'a', '--to', './a'], 2, '--from and --to name the same log'],
  ])('answers %j with the code %i', async (args, code, words) => {
    const ended = await annals(folder, args);
    expect(ended.code).toBe(code);
    expect(code === 0 ? ended.output : ended.errors).toContain(words);
  });

  it('serves when it is asked for nothing', async () => {
    expect(await annals(folder, [], { ANNALS_PORT: 'nonsense' })).toMatchObject({
      code: 1,
      errors: expect.stringContaining('ANNALS_PORT has to be a number'),
    });
  });
});
