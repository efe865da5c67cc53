import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position, RecordedEvent } from '../application/ports/event-store.js';

/** How far a projection has come, and in which history. */
export interface Checkpoint {
  readonly version: number;
  /** Everything up to here has been dealt with. */
  readonly position: Position;
  /** The last event that was applied; undefined when there was none yet. */
  readonly lastEvent: { readonly position: Position; readonly id: string } | undefined;
}

/** The checkpoints of all projections in one read model file. */
export class Checkpoints {
  readonly #select: StatementSync;
  readonly #replace: StatementSync;
  readonly #move: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(`
      CREATE TABLE IF NOT EXISTS checkpoints (
        projection     TEXT PRIMARY KEY,
        version        INTEGER NOT NULL,
        position       INTEGER NOT NULL,
        event_position INTEGER NOT NULL,
        event_id       TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
    this.#select = db.prepare('SELECT * FROM checkpoints WHERE projection = ?');
    this.#replace = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)');
    this.#move = db.prepare('UPDATE checkpoints SET position = ? WHERE projection = ?');
  }

  /** Undefined when the projection has never run. */
  of(projection: string): Checkpoint | undefined {
    const row = this.#select.get(projection);
    if (row === undefined) return undefined;
    const eventPosition = Number(row['event_position']);
    return {
      version: Number(row['version']),
      position: Number(row['position']),
      lastEvent: eventPosition === 0 ? undefined : { position: eventPosition, id: String(row['event_id']) },
    };
  }

  /** From the beginning. */
  reset(projection: string, version: number): void {
    this.#replace.run(projection, version, 0, 0, '');
  }

  /** The events up to this one have been applied. */
  applied(projection: string, version: number, last: RecordedEvent): void {
    this.#replace.run(projection, version, last.position, last.position, last.id);
  }

  /** Nothing up to `position` is left that would concern the projection. */
  passed(projection: string, position: Position): void {
    this.#move.run(position, projection);
  }
}
