import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { forever } from './history.schema.js';

/** Keeps which model had which name from when to when. */
export class NameRows {
  readonly #take: StatementSync;
  readonly #leave: StatementSync;
  readonly #last: StatementSync;

  constructor(db: DatabaseSync) {
    this.#take = db.prepare(`INSERT INTO history_names VALUES (?, ?, ${forever}, ?)`);
    this.#leave = db.prepare(`
      UPDATE history_names SET to_position = ? WHERE (name, from_position) = (
        SELECT name, from_position FROM history_names WHERE model = ? ORDER BY from_position DESC LIMIT 1)
      AND to_position = ${forever}`);
    this.#last = db.prepare(
      'SELECT name FROM history_names WHERE model = ? ORDER BY from_position DESC LIMIT 1',
    );
  }

  taken(model: number, name: string, position: Position): void {
    this.#take.run(name, position, model);
  }

  left(model: number, position: Position): void {
    this.#leave.run(position, model);
  }

  /** The name that a model has, or had at last; null when it never had any. */
  of(model: number): string | null {
    const row = this.#last.get(model) as { name: string } | undefined;
    return row?.name ?? null;
  }
}
