import { DatabaseSync } from 'node:sqlite';

/** Keeps texts in a file of SQLite: each is on disk when the call returns, by a sync of its own. */
export function openInserts(file: string): (text: string) => number {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  `);
  const insert = database.prepare('INSERT INTO texts (text) VALUES (?)');
  return (text) => Number(insert.run(text).lastInsertRowid);
}
