import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What a version is made of besides its number, stage and times. */
const details = 'description, source, storage_location, run_id, run_link, status, status_message, tags';

/**
 * The rows of versions that were deleted, or whose model was, in a table that no read looks at. Brought back, they are
 * rows like any other.
 */
export class DeletedVersions {
  readonly #keep: StatementSync;
  readonly #keepAll: StatementSync;
  readonly #change: StatementSync;
  readonly #insert: StatementSync;
  readonly #insertDetails: StatementSync;
  readonly #forget: StatementSync;

  constructor(db: DatabaseSync) {
    const kept = `
      INSERT INTO registry_deleted_versions
        (stream, version, comes_back, stage, created_at, updated_at, ${details})
      SELECT m.stream, v.version, ?, v.stage, v.created_at, v.updated_at, ${details.replaceAll(/\w+/g, 'd.$&')}
      FROM registry_models AS m
      CROSS JOIN registry_versions AS v ON v.model = m.id
      CROSS JOIN registry_version_details AS d ON d.id = v.id
      WHERE m.stream = ?`;
    this.#keep = db.prepare(`${kept} AND v.version = ?`);
    this.#keepAll = db.prepare(kept);
    this.#change = db.prepare(`
      UPDATE registry_deleted_versions SET comes_back = 1, stage = ?, updated_at = ?
      WHERE stream = ? AND version = ?`);
    this.#insert = db.prepare(`
      INSERT INTO registry_versions (model, version, name, prompt, stage, created_at, updated_at)
      SELECT m.id, x.version, m.name, m.prompt_versions > 0, x.stage, x.created_at, x.updated_at
      FROM registry_models AS m
      CROSS JOIN registry_deleted_versions AS x ON x.stream = m.stream AND x.comes_back
      WHERE m.stream = ?`);
    this.#insertDetails = db.prepare(`
      INSERT INTO registry_version_details (id, ${details})
      SELECT v.id, ${details.replaceAll(/\w+/g, 'x.$&')}
      FROM registry_models AS m
      CROSS JOIN registry_deleted_versions AS x ON x.stream = m.stream AND x.comes_back
      CROSS JOIN registry_versions AS v ON v.model = m.id AND v.version = x.version
      WHERE m.stream = ?`);
    this.#forget = db.prepare('DELETE FROM registry_deleted_versions WHERE stream = ? AND comes_back');
  }

  /** Keeps a copy of one version before its rows are deleted. */
  keep(stream: string, version: number): void {
    this.#keep.run(0, stream, version);
  }

  /** Keeps a copy of all versions that a model has before their rows are deleted. */
  keepAll(stream: string): void {
    this.#keepAll.run(1, stream);
  }

  /** Brings back a version that was deleted by itself. */
  restore(stream: string, version: number, changed: { readonly stage: number; readonly at: number }): void {
    this.#change.run(changed.stage, changed.at, stream, version);
    this.restoreAll(stream);
  }

  /** Brings back what went with the model, which has to be there again. */
  restoreAll(stream: string): void {
    this.#insert.run(stream);
    this.#insertDetails.run(stream);
    this.#forget.run(stream);
  }
}
