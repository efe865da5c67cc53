import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { logMigrations } from '../../src/infrastructure/embedded-log/embedded-schema.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import {
  LogInUseError,
  LogSchemaTooNewError,
  NotAnAnnalsLogError,
} from '../../src/infrastructure/embedded-log/log-file-errors.js';
import { openLogFile } from '../../src/infrastructure/embedded-log/log-file.js';
import { firstLine, startScript } from '../support/child-script.js';
import { all, counted, countedUpTo } from '../support/log-events.js';
import { temporaryLog } from './temporary-log.js';

const file = temporaryLog();

async function withLog<Result>(use: (store: EmbeddedEventStore) => Promise<Result>): Promise<Result> {
  const store = EmbeddedEventStore.open(file());
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function withDatabase<Result>(use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file());
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const schemaVersion = () => withDatabase((database) => database.prepare('PRAGMA user_version').get());

describe('the file of the embedded log', () => {
  it('holds everything when it is opened again', async () => {
    const before = await withLog(async (store) => {
      await store.append('iris', 'no-stream', countedUpTo(3));
      return all(store.readAll());
    });
    expect(await withLog((store) => all(store.readAll()))).toEqual(before);
  });

  it('is gone on with where it was left', async () => {
    const sent = [counted(0)];
    await withLog((store) => store.append('iris', 'no-stream', sent));
    await withLog(async (store) => {
      expect(await store.append('iris', 'no-stream', sent)).toEqual({ revision: 0, position: 1 });
      expect(await store.append('iris', 0, [counted(1)])).toEqual({ revision: 1, position: 2 });
      await expect(store.append('iris', 0, [counted(1)])).rejects.toMatchObject({ actual: 1 });
      expect(await store.append('wine', 'no-stream', [counted(0)])).toEqual({ revision: 0, position: 3 });
    });
  });

  it('is the only one when the log has been closed', async () => {
    await withLog((store) => store.append('iris', 'no-stream', countedUpTo(3)));
    expect(readdirSync(dirname(file()))).toEqual(['log.db']);
  });

  it('is made together with its folder', async () => {
    const deep = join(dirname(file()), 'not', 'yet', 'there', 'log.db');
    await EmbeddedEventStore.open(deep).close();
    expect(readdirSync(dirname(deep))).toEqual(['log.db']);
  });

  it('may be empty at first', async () => {
    writeFileSync(file(), '');
    await withLog(async (store) => expect(await store.head()).toBe(0));
  });

  it('is named when it cannot be opened', () => {
    mkdirSync(file());
    expect(() => openLogFile(file())).toThrow(`The log ${file()} cannot be opened`);
  });

  describe('in use', () => {
    it('is refused a second time in this process', async () => {
      await withLog(async () => {
        expect(() => openLogFile(file())).toThrow(LogInUseError);
        expect(() => openLogFile(file())).toThrow(file());
      });
    });

    it('is refused while another process holds it, and given when that one is gone', async () => {
      const holder = startScript(new URL('./hold-log.ts', import.meta.url), file());
      try {
        await firstLine(holder);
        expect(() => openLogFile(file())).toThrow(LogInUseError);
      } finally {
        await holder.kill();
      }
      expect(await withLog((store) => all(store.readStream('held')))).toHaveLength(1);
    });
  });

  describe('that is something else', () => {
    it.each([
      ['text', 'This is a letter to somebody.\n'.repeat(200)],
      ['short text', 'x'],
    ])('is refused and left alone when it is %s', (_, content) => {
      writeFileSync(file(), content);
      expect(() => openLogFile(file())).toThrow(NotAnAnnalsLogError);
      expect(readFileSync(file(), 'utf8')).toBe(content);
    });

    it.each(['DELETE', 'WAL'])(
      'is refused and left alone when it is another database, in mode %s',
      (mode) => {
        withDatabase((database) =>
          database.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE recipes (name)`),
        );
        const content = readFileSync(file());
        expect(() => openLogFile(file())).toThrow(NotAnAnnalsLogError);
        expect(readFileSync(file()).equals(content)).toBe(true);
      },
    );

    it('is refused when it is an empty database that another program has marked as its own', () => {
      withDatabase((database) => database.exec('PRAGMA application_id = 7'));
      expect(() => openLogFile(file())).toThrow(NotAnAnnalsLogError);
    });
  });

  describe('of another schema', () => {
    const withAuthors = [...logMigrations, 'CREATE TABLE authors (name TEXT NOT NULL) STRICT'];

    it('is refused when a newer Annals wrote it', () => {
      openLogFile(file(), withAuthors).close();
      const refusal = (() => {
        try {
          return openLogFile(file());
        } catch (error) {
          return error;
        }
      })();
      expect(refusal).toBeInstanceOf(LogSchemaTooNewError);
      expect(refusal).toMatchObject({
        file: file(),
        found: withAuthors.length,
        known: logMigrations.length,
      });
    });

    it('is brought to the newest schema with all that it holds', async () => {
      await withLog((store) => store.append('iris', 'no-stream', countedUpTo(3)));
      const database = openLogFile(file(), withAuthors);
      const store = new EmbeddedEventStore(database);
      expect(database.prepare('SELECT count(*) AS authors FROM authors').get()).toEqual({ authors: 0 });
      expect(await all(store.readAll())).toHaveLength(3);
      await store.close();
    });

    it('is left as it was when it cannot be brought to the newest schema', async () => {
      await withLog((store) => store.append('iris', 'no-stream', countedUpTo(3)));
      expect(() => openLogFile(file(), [...withAuthors, 'CREATE nonsense'])).toThrow(file());
      expect(schemaVersion()).toEqual({ user_version: logMigrations.length });
      expect(await withLog((store) => all(store.readAll()))).toHaveLength(3);
    });
  });
});
