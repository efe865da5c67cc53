import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import type { Deletion } from '../../application/queries/history/audit-reader.js';
import { Query } from '../statements.js';
import { fields } from './facts.js';
import { ModelReferences } from './model-references.js';
import { PastStates } from './past-states.js';

/** Finds what was deleted as it was right before the command that deleted it. */
export class Deletions {
  readonly #references: ModelReferences;
  readonly #states: PastStates;
  readonly #earlier: Query;
  readonly #restored: Query;

  constructor(db: DatabaseSync) {
    this.#references = new ModelReferences(db);
    this.#states = new PastStates(db);
    this.#earlier = new Query(
      db,
      `SELECT position, causation FROM history_entries INDEXED BY history_by_model
       WHERE model = ? AND position < ? AND outcome = 0 ORDER BY position DESC LIMIT 1`,
    );
    this.#restored = new Query(
      db,
      `SELECT position FROM history_entries INDEXED BY history_by_fact
       WHERE field > 0 AND model = ? AND scope = ? AND field = ${fields.life} AND key = '' AND position > ?
       ORDER BY position LIMIT 1`,
    );
  }

  of(entry: AuditEntry): Deletion {
    const model = this.#references.find({ id: entry.model.id ?? '' }, entry.position);
    if (model === undefined) throw new Error(`What event ${entry.eventId} deleted is not in the history`);
    const before = this.#firstOf(entry, model) - 1;
    const restored = this.#restored.first(model, entry.version ?? 0, entry.position);
    const context = this.#states.context(model, before);
    const past = this.#states.model(model, before);
    if (context === undefined || past === undefined) {
      throw new Error(`Event ${entry.eventId} deleted what had never been there`);
    }
    return {
      entry,
      before,
      model: past,
      version: entry.version === null ? undefined : this.#states.version(context, entry.version),
      restoredAt: restored && Number(restored[0]),
    };
  }

  /** The first event of the command that the entry is of: aliases are deleted before their version. */
  #firstOf({ position, causationId }: AuditEntry, model: number): Position {
    let first = position;
    for (;;) {
      const row = this.#earlier.first(model, first);
      if (row === undefined || row[1] !== causationId) return first;
      first = Number(row[0]);
    }
  }
}
