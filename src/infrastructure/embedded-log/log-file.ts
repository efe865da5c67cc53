import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { logMigrations, migrate, refuseForeignLog } from './embedded-schema.js';
import { LogInUseError, NotAnAnnalsLogError } from './log-file-errors.js';
import { isSqliteError, sqliteBusy, sqliteNotADatabase } from './sqlite-error.js';

/** Instead of a file: a log that is gone when it is closed. */
const inMemory = ':memory:';

const headerSize = 512;

/**
 * Opens the file of a log, made if need be, and holds it alone until it is closed.
 *
 * A commit is on disk when it returns: a write-ahead log, synced at each commit. The lock comes first, before a look
 * is taken at the file, so that two that start at once cannot both believe it theirs.
 *
 * @throws LogInUseError when somebody holds it.
 * @throws NotAnAnnalsLogError when the file is something else.
 * @throws LogSchemaTooNewError when a newer Annals wrote it.
 */
export function openLogFile(file: string, migrations: readonly string[] = logMigrations): DatabaseSync {
  const path = file === inMemory ? file : resolve(file);
  let database: DatabaseSync | undefined;
  try {
    if (path !== inMemory) {
      mkdirSync(dirname(path), { recursive: true });
      refuseStub(path);
    }
    database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    refuseForeignLog(database, path, migrations.length);
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -32768',
    );
    migrate(database, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw explained(error, path);
  }
}

/** The database takes a file that is too short for a header as empty, and would write over it. */
function refuseStub(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < headerSize) {
    throw new NotAnAnnalsLogError(path);
  }
}

function explained(error: unknown, file: string): unknown {
  if (!isSqliteError(error)) {
    return error;
  }
  switch (error.errcode & 0xff) {
    case sqliteBusy:
      return new LogInUseError(file, error);
    case sqliteNotADatabase:
      return new NotAnAnnalsLogError(file, error);
    default:
      return new Error(`The log ${file} cannot be opened: ${error.message}`, { cause: error });
  }
}
