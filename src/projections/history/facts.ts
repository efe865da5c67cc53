import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { Query } from '../statements.js';

/** What is true of a model or a version for a while, as `history_entries.field` numbers it. */
export const fields = {
  /** Belongs to no fact. */
  none: 0,
  /** That it exists: created, deleted, restored. */
  life: 1,
  /** That the model was given a name after its first, be it the same one. */
  rename: 2,
  description: 3,
  status: 4,
  /** The last move; of the intervals in which a stage was held `history_stages` knows more. */
  stage: 5,
  /** One tag, by key. */
  tag: 6,
  /** One alias of the model, by name. */
  alias: 7,
} as const;

export type Field = (typeof fields)[keyof typeof fields];

/** What an entry says of a fact. */
export interface FactEntry {
  readonly position: Position;
  readonly type: number;
  readonly happenedAt: number;
  readonly after: string | null;
}

export interface KeyedFactEntry extends FactEntry {
  readonly key: string;
}

const ofFact = 'FROM history_entries WHERE field > 0 AND model = ? AND scope = ? AND field = ?';

/** The next keys of a fact, each found by one step down the index: however often a key changed, it costs the same. */
const everyKey = `
  WITH RECURSIVE keys (key) AS (
    SELECT min(key) FROM history_entries WHERE field > 0 AND model = ?1 AND scope = ?2 AND field = ?3
    UNION ALL
    SELECT (SELECT min(e.key) FROM history_entries AS e
            WHERE e.field > 0 AND e.model = ?1 AND e.scope = ?2 AND e.field = ?3 AND e.key > keys.key)
    FROM keys WHERE keys.key IS NOT NULL
  )
  SELECT e.key, e.position, e.type, e.happened_at, e.after
  FROM keys CROSS JOIN history_entries AS e ON e.position = (
    SELECT max(f.position) FROM history_entries AS f
    WHERE f.field > 0 AND f.model = ?1 AND f.scope = ?2 AND f.field = ?3 AND f.key = keys.key AND f.position <= ?4)
  WHERE keys.key IS NOT NULL`;

/** Finds what a fact was at a position: by index, in as many steps as the fact has keys. */
export class Facts {
  readonly #last: Query;
  readonly #first: Query;
  readonly #keyed: Query;
  readonly #everyKey: Query;

  constructor(db: DatabaseSync) {
    const columns = 'position, type, happened_at, after';
    this.#last = new Query(
      db,
      `SELECT ${columns} ${ofFact} AND key = '' AND position <= ? ORDER BY position DESC LIMIT 1`,
    );
    this.#first = new Query(db, `SELECT ${columns} ${ofFact} AND key = '' ORDER BY position LIMIT 1`);
    this.#keyed = new Query(
      db,
      `SELECT ${columns} ${ofFact} AND key = ? AND position <= ? ORDER BY position DESC LIMIT 1`,
    );
    this.#everyKey = new Query(db, everyKey);
  }

  /** The last entry of a fact without a key. */
  last(model: number, scope: number, field: Field, asOf: Position): FactEntry | undefined {
    return factEntry(this.#last.first(model, scope, field, asOf));
  }

  /** How it all began: the registration of a model, the creation of a version. */
  creation(model: number, scope: number): FactEntry | undefined {
    return factEntry(this.#first.first(model, scope, fields.life));
  }

  lastOf(model: number, scope: number, field: Field, key: string, asOf: Position): FactEntry | undefined {
    return factEntry(this.#keyed.first(model, scope, field, key, asOf));
  }

  /** The last entry of each key, by key in byte order. */
  every(model: number, scope: number, field: Field, asOf: Position): readonly KeyedFactEntry[] {
    return this.#everyKey.all(model, scope, field, asOf).map(([key, ...entry]) => ({
      key: String(key),
      ...(factEntry(entry) as FactEntry),
    }));
  }
}

function factEntry(row: readonly unknown[] | undefined): FactEntry | undefined {
  if (row === undefined) return undefined;
  const [position, type, happenedAt, after] = row as [Position, number, number, string | null];
  return { position, type, happenedAt, after };
}
