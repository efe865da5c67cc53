import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { ModelReference, NameHeld } from '../../application/queries/history/past-views.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';

/** Which model is meant. Numbers are those of `history_models`. */
export class ModelReferences {
  readonly #byId: Query;
  readonly #holder: Query;
  readonly #holders: Query;
  readonly #lastName: Query;
  readonly #namesOf: Query;
  readonly #modelsOf: Query;

  constructor(db: DatabaseSync) {
    const held = `
      SELECT m.uuid, n.name, n.from_position, n.to_position
      FROM history_names AS n JOIN history_models AS m ON m.id = n.model`;
    this.#byId = new Query(db, 'SELECT id FROM history_models WHERE uuid = ?');
    this.#holder = new Query(
      db,
      `SELECT model, to_position FROM history_names WHERE name = ? AND from_position <= ?
       ORDER BY from_position DESC LIMIT 1`,
    );
    this.#holders = new Query(
      db,
      'SELECT DISTINCT model FROM history_names WHERE name = ? AND from_position <= ?',
    );
    this.#lastName = new Query(
      db,
      `SELECT name FROM history_names WHERE model = ? AND from_position <= ?
       ORDER BY from_position DESC LIMIT 1`,
    );
    this.#namesOf = new Query(
      db,
      `${held} WHERE m.uuid = ? AND n.from_position <= ? ORDER BY n.from_position`,
    );
    this.#modelsOf = new Query(
      db,
      `${held} WHERE n.name = ? AND n.from_position <= ? ORDER BY n.from_position`,
    );
  }

  /** The model that is meant as of a position. */
  find(reference: ModelReference, asOf: Position): number | undefined {
    if ('id' in reference) {
      const row = this.#byId.first(reference.id);
      return row && Number(row[0]);
    }
    const row = this.#holder.first(reference.name, asOf);
    return row !== undefined && Number(row[1]) > asOf ? Number(row[0]) : undefined;
  }

  /** The model with an id, or all that have had a name by then. */
  everyHolder(reference: ModelReference, upTo: Position): readonly number[] {
    const rows = 'id' in reference ? this.#byId.all(reference.id) : this.#holders.all(reference.name, upTo);
    return rows.map(([model]) => Number(model));
  }

  /** The name that a model had as of a position, or had at last before. */
  nameOf(model: number, asOf: Position): string | undefined {
    const row = this.#lastName.first(model, asOf);
    return row && String(row[0]);
  }

  namesHeld(reference: ModelReference, asOf: Position): readonly NameHeld[] {
    const rows =
      'id' in reference ? this.#namesOf.all(reference.id, asOf) : this.#modelsOf.all(reference.name, asOf);
    return rows.map((row) => nameHeld(row, asOf));
  }
}

function nameHeld([modelId, name, from, to]: Row, asOf: Position): NameHeld {
  return {
    modelId: String(modelId),
    name: String(name),
    from: Number(from),
    to: Number(to) > asOf ? undefined : Number(to),
  };
}
