import type { DatabaseSync } from 'node:sqlite';
import { LogSchemaTooNewError, NotAnAnnalsLogError } from './log-file-errors.js';

/** "Annl", kept in the header of the file, so that a log is told from any other SQLite file. */
export const applicationId = 0x416e6e6c;

/**
 * The schema, one step a version. Steps are only ever added: the first n of them make version n, whatever the age of
 * the file.
 *
 * Positions are the integer primary key, so the events lie on disk in the order in which they are replayed. Event ids
 * have no index: a resent event is looked for at its place in the stream. The triggers hold against everybody who
 * opens the file, also with other tools.
 */
export const logMigrations: readonly string[] = [
  `CREATE TABLE streams (
     stream_id INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE
   ) STRICT;

   CREATE TABLE events (
     position INTEGER PRIMARY KEY,
     stream_id INTEGER NOT NULL REFERENCES streams,
     revision INTEGER NOT NULL,
     event_id TEXT NOT NULL,
     type TEXT NOT NULL,
     data TEXT NOT NULL,
     metadata TEXT NOT NULL,
     recorded_at INTEGER NOT NULL
   ) STRICT;

   CREATE UNIQUE INDEX events_by_stream ON events (stream_id, revision);

   CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
   BEGIN
     SELECT RAISE(ABORT, 'an event of the log is never changed');
   END;

   CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
   BEGIN
     SELECT RAISE(ABORT, 'an event of the log is never deleted');
   END;`,
];

/**
 * Refuses a database that is not ours to write to, without changing it.
 *
 * @throws NotAnAnnalsLogError when it belongs to something else.
 * @throws LogSchemaTooNewError when a newer Annals wrote it.
 */
export function refuseForeignLog(database: DatabaseSync, file: string, known: number): void {
  const owner = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (owner !== applicationId && !(owner === 0 && version === 0 && isEmpty(database))) {
    throw new NotAnAnnalsLogError(file);
  }
  if (version > known) {
    throw new LogSchemaTooNewError(file, version, known);
  }
}

/** Brings the schema to the newest version, in one transaction. */
export function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  const version = pragma(database, 'user_version');
  if (version === migrations.length) {
    return;
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) {
      database.exec(migration);
    }
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`,
    );
  } catch (error) {
    if (database.isTransaction) {
      database.exec('ROLLBACK');
    }
    throw error;
  }
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
