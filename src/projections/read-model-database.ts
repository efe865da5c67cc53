import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the file of this node's read models, which may be deleted at any time: everything in it is rebuilt from the
 * log. Writes do not wait for the disk (`synchronous = NORMAL` in WAL mode): what a power cut takes is applied again.
 * The file is held by this process alone, which spares each read the locking of it. A file that is no database, or not a whole one any more, is replaced by an empty one.
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
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 16000;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
    SELECT count(*) FROM sqlite_schema;
  `);
  return db;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** By its code, as Node.js documents it: an error of a native module need not be an Error of this realm. */
function isDamaged(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
