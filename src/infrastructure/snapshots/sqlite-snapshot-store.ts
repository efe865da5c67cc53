import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { SnapshotStore } from '../../application/ports/snapshot-store.js';
import type { Snapshot } from '../../application/ports/snapshot-store.js';

/** Snapshots in one disposable SQLite file. Nothing waits for the disk: a lost snapshot costs a longer read. */
export class SqliteSnapshotStore extends SnapshotStore {
  readonly #db: DatabaseSync;
  readonly #select: StatementSync;
  readonly #replace: StatementSync;

  /** @param path of the file, or `:memory:` */
  constructor(path: string) {
    super();
    this.#db = new DatabaseSync(path);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS snapshots (
        stream   TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        event_id TEXT NOT NULL,
        state    TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
    this.#select = this.#db.prepare('SELECT revision, event_id, state FROM snapshots WHERE stream = ?');
    this.#replace = this.#db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)');
  }

  override load(stream: string): Snapshot | undefined {
    const row = this.#select.get(stream);
    if (row === undefined) return undefined;
    const { revision, event_id: eventId, state } = row;
    return { revision: Number(revision), eventId: String(eventId), state: JSON.parse(String(state)) };
  }

  override save(stream: string, { revision, eventId, state }: Snapshot): void {
    this.#replace.run(stream, revision, eventId, JSON.stringify(state));
  }

  close(): void {
    this.#db.close();
  }
}
