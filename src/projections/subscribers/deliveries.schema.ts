import type { DatabaseSync } from 'node:sqlite';

/** Past every position: what ends here has not ended. */
export const forever = Number.MAX_SAFE_INTEGER;

/** What became of a delivery, as it is kept. */
export const states = ['open', 'delivered', 'parked'] as const;

export type State = (typeof states)[number];

/** The number under which a state is kept. */
export function stateNumber(state: State): number {
  return states.indexOf(state);
}

/**
 * A delivery is one notice for one webhook. Everything that happens to it is a step, `[position, ended)`, so that it can
 * be asked what became of it at any position; its last step is how it stands now.
 *
 * - `deliveries_webhooks.begun`: position of the event since which it goes on from where it was put: its creation or
 *   its last resumption. `through`, `circuit_until`, `failures`: see {@link DeliveryProgress}.
 * - `deliveries.model`: id of the model.
 * - `delivery_steps.outcome`: of an attempt; null for a step that was no attempt. `attempt`, `attempt_redelivery`,
 *   `milliseconds`, `excerpt` are those of an attempt, too. `at`, `status` and `error` are those of the last attempt.
 * - `deliveries_open`: those that are open now, in the order in which they go out.
 */
const tables = `
  CREATE TABLE deliveries_webhooks (
    id            INTEGER PRIMARY KEY,
    uuid          TEXT    NOT NULL UNIQUE,
    begun         INTEGER NOT NULL,
    through       INTEGER NOT NULL,
    circuit_until INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    delivered_at  INTEGER,
    failed_at     INTEGER,
    open          INTEGER NOT NULL DEFAULT 0,
    parked        INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE deliveries (
    id         INTEGER PRIMARY KEY,
    notice     TEXT    NOT NULL,
    webhook    INTEGER NOT NULL,
    type       TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    model      TEXT    NOT NULL,
    model_name TEXT    NOT NULL,
    version    INTEGER,
    UNIQUE (notice, webhook)
  ) STRICT;

  CREATE TABLE delivery_steps (
    id                 INTEGER PRIMARY KEY,
    position           INTEGER NOT NULL,
    ended              INTEGER NOT NULL DEFAULT ${forever},
    delivery           INTEGER NOT NULL,
    webhook            INTEGER NOT NULL,
    notice_position    INTEGER NOT NULL,
    state              INTEGER NOT NULL,
    attempts           INTEGER NOT NULL,
    on_schedule        INTEGER NOT NULL,
    redelivery         TEXT,
    next_at            INTEGER,
    at                 INTEGER,
    status             INTEGER,
    error              TEXT,
    outcome            TEXT,
    attempt            INTEGER,
    attempt_redelivery TEXT,
    milliseconds       INTEGER,
    excerpt            TEXT
  ) STRICT;

  CREATE TABLE deliveries_open (
    webhook  INTEGER NOT NULL,
    model    TEXT    NOT NULL,
    position INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (webhook, model, position, delivery)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX deliveries_open_in_order ON deliveries_open (webhook, position, delivery);
  CREATE INDEX delivery_steps_by_position ON delivery_steps (position);
  CREATE INDEX delivery_steps_of_delivery ON delivery_steps (delivery, position);
  CREATE INDEX delivery_steps_now ON delivery_steps (webhook, notice_position, delivery) WHERE ended = ${forever};
  CREATE INDEX delivery_steps_parked ON delivery_steps (webhook, at)
    WHERE ended = ${forever} AND state = ${stateNumber('parked')};
  CREATE INDEX delivery_steps_by_notice ON delivery_steps (webhook, notice_position, delivery);
  CREATE INDEX delivery_steps_by_state ON delivery_steps (webhook, state, notice_position, delivery);
  CREATE INDEX delivery_attempts ON delivery_steps (webhook, position) WHERE outcome IS NOT NULL;
`;

const tableNames = ['deliveries_webhooks', 'deliveries', 'delivery_steps', 'deliveries_open'];

export function createTables(db: DatabaseSync): void {
  db.exec(tables);
}

export function dropTables(db: DatabaseSync): void {
  for (const table of tableNames) db.exec(`DROP TABLE IF EXISTS ${table}`);
}
