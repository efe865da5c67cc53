import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the file of this node's read models, which may be deleted at any time: everything in it is rebuilt from the
 * log. Writes do not wait for the disk (`synchronous = NORMAL` in WAL mode): what a power cut takes is applied again.
 * A file that is no database, or not a whole one any more, is replaced by an empty one.
 *
 * @param path of the file, or `:memory:`
 */
export function openReadModelDatabase(path: string): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return open(path);
  }
}

function open(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 268435456;
    PRAGMA temp_store = MEMORY;
    SELECT count(*) FROM sqlite_schema;
  `);
  return db;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
