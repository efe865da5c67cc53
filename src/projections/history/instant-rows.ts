import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Circumstances } from './recorded-change.js';

/** Keeps from which time on an event is the newest, see `history_instants`. */
export class InstantRows {
  readonly #insert: StatementSync;
  readonly #forget: StatementSync;
  #newest: number;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT OR REPLACE INTO history_instants VALUES (?, ?)');
    this.#forget = db.prepare('DELETE FROM history_instants WHERE recorded_at > ?');
    const row = db.prepare('SELECT max(recorded_at) AS newest FROM history_instants').get();
    this.#newest = Number(row?.['newest'] ?? -Infinity);
  }

  recorded({ recordedAt, position }: Circumstances): void {
    if (recordedAt < this.#newest) this.#forget.run(recordedAt);
    this.#insert.run(recordedAt, position);
    this.#newest = recordedAt;
  }
}
