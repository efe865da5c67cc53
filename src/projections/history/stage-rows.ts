import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { stageNumber } from './codes.js';
import { forever } from './history.schema.js';

/** Keeps which version held which stage from when to when. */
export class StageRows {
  readonly #enter: StatementSync;
  readonly #leave: StatementSync;
  readonly #last: StatementSync;
  readonly #reached: StatementSync;
  readonly #leaveAll: StatementSync;
  readonly #held: StatementSync;
  readonly #comeBack: StatementSync;

  constructor(db: DatabaseSync) {
    const lastOf = `
      FROM history_stages WHERE model = ? AND version = ? ORDER BY from_position DESC LIMIT 1`;
    this.#enter = db.prepare(`INSERT INTO history_stages VALUES (?, ?, ?, ${forever}, ?)`);
    this.#leave = db.prepare(`
      UPDATE history_stages SET to_position = ?
      WHERE model = ? AND version = ? AND from_position = ? AND to_position = ${forever}`);
    this.#last = db.prepare(`SELECT from_position AS started, stage ${lastOf}`);
    this.#reached = db.prepare(
      'SELECT 1 FROM history_stages WHERE model = ? AND version = ? AND stage = ? LIMIT 1',
    );
    this.#leaveAll = db.prepare(
      `UPDATE history_stages SET to_position = ? WHERE model = ? AND to_position = ${forever}`,
    );
    this.#held = db.prepare(
      `SELECT DISTINCT stage FROM history_stages WHERE model = ? AND to_position = ${forever}`,
    );
    this.#comeBack = db.prepare(`
      INSERT INTO history_stages (model, version, from_position, to_position, stage)
      SELECT model, version, ?1, ${forever}, stage FROM history_stages WHERE model = ?2 AND to_position = ?3`);
  }

  entered(model: number, version: number, position: Position, stage: number): void {
    this.#enter.run(model, version, position, stage);
  }

  /** Gives the stage that it left. */
  left(model: number, version: number, position: Position): number | null {
    const last = this.#last.get(model, version) as { started: Position; stage: number } | undefined;
    if (last === undefined) return null;
    this.#leave.run(position, model, version, last.started);
    return last.stage;
  }

  hasBeenInProduction(model: number, version: number): boolean {
    return this.#reached.get(model, version, production) !== undefined;
  }

  /** The stages, as numbers, that any version of the model is in. */
  heldIn(model: number): readonly number[] {
    return this.#held.all(model).map(({ stage }) => Number(stage));
  }

  allLeft(model: number, position: Position): void {
    this.#leaveAll.run(position, model);
  }

  /** Every version is again where it was when all of them left at `left`. */
  allCameBack(model: number, position: Position, left: Position): void {
    this.#comeBack.run(position, model, left);
  }
}

const production = stageNumber('Production');
