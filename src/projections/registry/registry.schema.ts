import type { DatabaseSync } from 'node:sqlite';
import { createTagIndexes, modelTags, versionTags } from './tag-index.js';

/**
 * Models and versions have small integer ids of their own, so that indexes stay small. A version is in two tables:
 * what stages and orders need is in a narrow row that is cheap to change and to sort by; the rest is beside it.
 *
 * - `stage`: place in MLflow's order of the stages.
 * - `tags`: JSON of the tags as the view shows them.
 * - `registry_models.prompt`: the model carries the tag that makes it a prompt.
 * - `registry_models.prompt_versions`: how many of its versions carry that tag, deleted ones included.
 * - `registry_versions.prompt`: any version of the model does.
 * - `registry_versions.name`: the model's.
 *
 * What was deleted is kept in tables of its own, so that it can be brought back and costs the reads nothing.
 * - `registry_deleted_models.aliases`: JSON of alias and version, by alias.
 * - `registry_deleted_versions.comes_back`: with its model, because it was not deleted by itself.
 *
 * The unique index on names is a tripwire: name claims see to it that no two live models have the same name.
 */
const tables = `
  CREATE TABLE registry_models (
    id              INTEGER PRIMARY KEY,
    stream          TEXT    NOT NULL UNIQUE,
    name            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    prompt          INTEGER NOT NULL,
    prompt_versions INTEGER NOT NULL,
    description     TEXT    NOT NULL,
    tags            TEXT    NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX registry_models_by_name ON registry_models (name);

  CREATE TABLE registry_versions (
    id         INTEGER PRIMARY KEY,
    model      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    prompt     INTEGER NOT NULL,
    stage      INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX registry_versions_by_model ON registry_versions (model, version);

  CREATE TABLE registry_version_details (
    id               INTEGER PRIMARY KEY,
    description      TEXT,
    source           TEXT NOT NULL,
    storage_location TEXT,
    run_id           TEXT NOT NULL,
    run_link         TEXT NOT NULL,
    status           TEXT NOT NULL,
    status_message   TEXT,
    tags             TEXT NOT NULL
  ) STRICT;

  CREATE TABLE registry_aliases (
    model   INTEGER NOT NULL,
    alias   TEXT    NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (model, alias)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE registry_deleted_models (
    stream          TEXT    PRIMARY KEY,
    name            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    prompt          INTEGER NOT NULL,
    prompt_versions INTEGER NOT NULL,
    description     TEXT    NOT NULL,
    tags            TEXT    NOT NULL,
    aliases         TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE registry_deleted_versions (
    stream           TEXT    NOT NULL,
    version          INTEGER NOT NULL,
    comes_back       INTEGER NOT NULL,
    stage            INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    description      TEXT,
    source           TEXT    NOT NULL,
    storage_location TEXT,
    run_id           TEXT    NOT NULL,
    run_link         TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    status_message   TEXT,
    tags             TEXT    NOT NULL,
    PRIMARY KEY (stream, version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE registry_idempotent_requests (
    key         TEXT    PRIMARY KEY,
    fingerprint TEXT    NOT NULL,
    stream      TEXT    NOT NULL,
    revision    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const tableNames = [
  'registry_models',
  'registry_versions',
  'registry_version_details',
  'registry_aliases',
  'registry_deleted_models',
  'registry_deleted_versions',
  'registry_idempotent_requests',
];

/** For each key that a search can be ordered by, the order that MLflow completes it to, without the hidden rows. */
const indexes = `
  CREATE INDEX IF NOT EXISTS registry_models_by_update ON registry_models (updated_at DESC, name, prompt);

  CREATE INDEX IF NOT EXISTS registry_versions_by_name   ON registry_versions (name, version DESC, prompt);
  CREATE INDEX IF NOT EXISTS registry_versions_by_number ON registry_versions (version DESC, name, prompt);
  CREATE INDEX IF NOT EXISTS registry_versions_by_creation
    ON registry_versions (created_at DESC, name, version DESC, prompt);
  CREATE INDEX IF NOT EXISTS registry_versions_by_update
    ON registry_versions (updated_at DESC, name, version DESC, prompt);
  CREATE INDEX IF NOT EXISTS registry_versions_by_stage ON registry_versions (model, stage, version);

  CREATE INDEX IF NOT EXISTS registry_version_details_by_run ON registry_version_details (run_id, source);

  CREATE INDEX IF NOT EXISTS registry_aliases_by_version ON registry_aliases (model, version);
`;

export function createTables(db: DatabaseSync): void {
  db.exec(tables);
}

export function createIndexes(db: DatabaseSync): void {
  db.exec(indexes);
  createTagIndexes(db);
}

/** The triggers that keep the tag indexes go with the tables that they watch. */
export function dropTables(db: DatabaseSync): void {
  for (const table of [...tableNames, modelTags.table, versionTags.table]) {
    db.exec(`DROP TABLE IF EXISTS ${table}`);
  }
}
