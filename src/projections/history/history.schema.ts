import type { DatabaseSync } from 'node:sqlite';

/** Past every position: an interval that ends here has not ended. */
export const forever = Number.MAX_SAFE_INTEGER;

/**
 * Everything hangs on `history_entries`, a row for each event. It is the audit trail, and at the same time the facts of
 * all times: what the fact `(model, scope, field, key)` was at a position is what its last entry up to there says, so a
 * value lasts from its entry to the next one of the same fact. `history_by_fact` finds both; {@link Facts} knows the
 * fields.
 *
 * What is asked the other way round, "who had this", is kept as intervals `[from_position, to_position)`: versions in a
 * stage, models under a name. Their ends are positions of entries, which know who did it and why.
 *
 * - `model`: id in `history_models`, small so that indexes are. Null: a refused command meant no known model, or it is
 *   about a subscriber.
 * - `scope`: the version whose fact it is, 0 for one of the model, which its aliases are.
 * - `version`: the version that it is about, null for the model itself.
 * - `stages`: bits of the stages that were left or entered. `flags`: see {@link flags}.
 * - `event_hash`, `group_hash`: of `event_id` and `correlation`, because an index of numbers costs a quarter.
 * - `details`: JSON of what is only shown.
 * - `request`: null when it is the correlation.
 * - `history_subscribers`: webhooks and consumers as of now, by their streams: what their next entry needs to know.
 * - `history_instants`: the positions that no later event has an earlier or the same time as. The last of them at a time
 *   or before is the newest event at that time, even if times run backwards.
 */
const tables = `
  CREATE TABLE history_models (
    id   INTEGER PRIMARY KEY,
    uuid TEXT    NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE history_actors (
    id             INTEGER PRIMARY KEY,
    actor          TEXT NOT NULL,
    type           TEXT NOT NULL,
    authentication TEXT NOT NULL,
    UNIQUE (actor, type, authentication)
  ) STRICT;

  CREATE TABLE history_clients (
    id         INTEGER PRIMARY KEY,
    address    TEXT NOT NULL,
    user_agent TEXT,
    text       TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE history_entries (
    position    INTEGER PRIMARY KEY,
    model       INTEGER,
    scope       INTEGER NOT NULL,
    field       INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    type        INTEGER NOT NULL,
    outcome     INTEGER NOT NULL,
    flags       INTEGER NOT NULL,
    stages      INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    version     INTEGER,
    name        TEXT,
    actor       INTEGER NOT NULL,
    client      INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    from_stage  INTEGER,
    to_stage    INTEGER,
    event_hash  INTEGER NOT NULL,
    group_hash  INTEGER NOT NULL,
    event_id    TEXT    NOT NULL,
    correlation TEXT    NOT NULL,
    causation   TEXT    NOT NULL,
    request     TEXT,
    comment     TEXT,
    before      TEXT,
    after       TEXT,
    details     TEXT
  ) STRICT;
  CREATE INDEX history_by_fact ON history_entries (model, scope, field, key, position) WHERE field > 0;

  CREATE TABLE history_stages (
    model         INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER NOT NULL,
    stage         INTEGER NOT NULL,
    PRIMARY KEY (model, version, from_position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE history_names (
    name          TEXT    NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER NOT NULL,
    model         INTEGER NOT NULL,
    PRIMARY KEY (name, from_position)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX history_names_by_model ON history_names (model, from_position);

  CREATE TABLE history_subscribers (
    stream TEXT NOT NULL PRIMARY KEY,
    known  TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE history_instants (
    recorded_at INTEGER PRIMARY KEY,
    position    INTEGER NOT NULL
  ) STRICT;
`;

const tableNames = [
  'history_models',
  'history_actors',
  'history_clients',
  'history_entries',
  'history_stages',
  'history_names',
  'history_subscribers',
  'history_instants',
];

/** Marks of an entry. */
export const flags = {
  /** It changed what MLflow calls the last update of its model. */
  touchesModel: 1,
  /** Who is in Production changed. */
  production: 2,
  /** A version was edited that had been in Production. */
  editAfterProduction: 4,
  /** The service noted it for itself. */
  housekeeping: 8,
  /** It is about a subscriber and not about a model. */
  ofSubscriber: 16,
} as const;

/** The indexes that only reads need. Each takes half a second for a million events. */
export const indexes: readonly string[] = [
  'CREATE INDEX IF NOT EXISTS history_by_model ON history_entries (model, position, outcome, flags)',
  'CREATE INDEX IF NOT EXISTS history_by_version ON history_entries (model, version, position) WHERE version IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS history_by_actor ON history_entries (actor, position)',
  'CREATE INDEX IF NOT EXISTS history_by_type ON history_entries (type, position)',
  'CREATE INDEX IF NOT EXISTS history_by_group ON history_entries (group_hash, position)',
  'CREATE INDEX IF NOT EXISTS history_by_event ON history_entries (event_hash)',
  'CREATE INDEX IF NOT EXISTS history_refused ON history_entries (outcome, position) WHERE outcome > 0',
  'CREATE INDEX IF NOT EXISTS history_production ON history_entries (position) WHERE flags & 2',
  'CREATE INDEX IF NOT EXISTS history_edits ON history_entries (position) WHERE flags & 4',
  'CREATE INDEX IF NOT EXISTS history_housekeeping ON history_entries (position) WHERE flags & 8',
  'CREATE INDEX IF NOT EXISTS history_control_plane ON history_entries (position) WHERE flags & 24 = 16',
  'CREATE INDEX IF NOT EXISTS history_stage_0 ON history_entries (position) WHERE stages & 1',
  'CREATE INDEX IF NOT EXISTS history_stage_1 ON history_entries (position) WHERE stages & 2',
  'CREATE INDEX IF NOT EXISTS history_stage_2 ON history_entries (position) WHERE stages & 4',
  'CREATE INDEX IF NOT EXISTS history_stage_3 ON history_entries (position) WHERE stages & 8',
  'CREATE INDEX IF NOT EXISTS history_stages_by_start ON history_stages (model, stage, from_position, to_position)',
  'CREATE INDEX IF NOT EXISTS history_stages_by_end ON history_stages (model, stage, to_position, from_position)',
];

export function createTables(db: DatabaseSync): void {
  db.exec(tables);
}

export function dropTables(db: DatabaseSync): void {
  for (const table of tableNames) db.exec(`DROP TABLE IF EXISTS ${table}`);
}
