import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventOf } from '../../domain/registered-model/events.js';
import { DeletedVersions } from './deleted-versions.js';
import { isPrompt, readTags, withoutTag, withTag, writeTags } from './tag-list.js';
import type { Tag } from '../../domain/registered-model/events.js';

const columns = 'name, created_at, updated_at, prompt, prompt_versions, description, tags';

/** Takes events into the rows of the models themselves. A stream that has no model is left alone. */
export class ModelRows {
  readonly #insert: StatementSync;
  readonly #rename: StatementSync;
  readonly #renameVersions: StatementSync;
  readonly #describe: StatementSync;
  readonly #touch: StatementSync;
  readonly #tags: StatementSync;
  readonly #retag: StatementSync;
  readonly #deletedVersions: DeletedVersions;
  readonly #keep: StatementSync;
  readonly #delete: readonly StatementSync[];
  readonly #restore: readonly StatementSync[];
  readonly #forget: StatementSync;

  constructor(db: DatabaseSync) {
    const model = '(SELECT id FROM registry_models WHERE stream = ?)';
    this.#insert = db.prepare(`
      INSERT INTO registry_models
        (stream, name, created_at, updated_at, prompt, prompt_versions, description, tags)
      VALUES (?, ?, ?, ?, ?, 0, ?, ?)`);
    this.#rename = db.prepare('UPDATE registry_models SET name = ?, updated_at = ? WHERE stream = ?');
    this.#renameVersions = db.prepare(
      `UPDATE registry_versions SET name = ?, updated_at = ? WHERE model = ${model}`,
    );
    this.#describe = db.prepare(
      'UPDATE registry_models SET description = ?, updated_at = ? WHERE stream = ?',
    );
    this.#touch = db.prepare('UPDATE registry_models SET updated_at = ? WHERE stream = ?');
    this.#tags = db.prepare('SELECT tags FROM registry_models WHERE stream = ?');
    this.#retag = db.prepare('UPDATE registry_models SET tags = ?, prompt = ? WHERE stream = ?');
    this.#deletedVersions = new DeletedVersions(db);
    this.#keep = db.prepare(`
      INSERT INTO registry_deleted_models (stream, ${columns}, aliases)
      SELECT stream, ${columns}, (
        SELECT json_group_array(json_object('alias', a.alias, 'version', a.version) ORDER BY a.alias)
        FROM registry_aliases AS a WHERE a.model = registry_models.id)
      FROM registry_models WHERE stream = ?`);
    this.#delete = [
      `DELETE FROM registry_aliases WHERE model = ${model}`,
      `DELETE FROM registry_version_details
       WHERE id IN (SELECT id FROM registry_versions WHERE model = ${model})`,
      `DELETE FROM registry_versions WHERE model = ${model}`,
      'DELETE FROM registry_models WHERE stream = ?',
    ].map((statement) => db.prepare(statement));
    this.#restore = [
      `INSERT INTO registry_models (stream, ${columns})
       SELECT stream, ${columns} FROM registry_deleted_models WHERE stream = ?`,
      `INSERT INTO registry_aliases (model, alias, version)
       SELECT m.id, alias.value ->> 'alias', alias.value ->> 'version'
       FROM registry_models AS m
       CROSS JOIN registry_deleted_models AS x ON x.stream = m.stream
       CROSS JOIN json_each(x.aliases) AS alias
       WHERE m.stream = ?`,
    ].map((statement) => db.prepare(statement));
    this.#forget = db.prepare('DELETE FROM registry_deleted_models WHERE stream = ?');
  }

  registered(stream: string, { data, at }: EventOf<'ModelRegistered'>): void {
    const { name, description, tags } = data;
    this.#insert.run(stream, name, at, at, Number(isPrompt(tags)), description, writeTags(tags));
  }

  renamed(stream: string, { data, at }: EventOf<'ModelRenamed'>): void {
    this.#rename.run(data.to, at, stream);
    this.#renameVersions.run(data.to, at, stream);
  }

  described(stream: string, { data, at }: EventOf<'ModelDescribed'>): void {
    this.#describe.run(data.description, at, stream);
  }

  /** Something happened to the model's versions that counts as a change of the model. */
  touched(stream: string, at: number): void {
    this.#touch.run(at, stream);
  }

  tagSet(stream: string, tag: Tag): void {
    this.#change(stream, (tags) => withTag(tags, tag));
  }

  tagDeleted(stream: string, key: string): void {
    this.#change(stream, (tags) => withoutTag(tags, key));
  }

  /** With all that belongs to it. */
  deleted(stream: string): void {
    this.#deletedVersions.keepAll(stream);
    this.#keep.run(stream);
    for (const statement of this.#delete) statement.run(stream);
  }

  /** With all that belonged to it when it was deleted. */
  restored(stream: string): void {
    for (const statement of this.#restore) statement.run(stream);
    this.#deletedVersions.restoreAll(stream);
    this.#forget.run(stream);
  }

  #change(stream: string, change: (tags: readonly Tag[]) => readonly Tag[]): void {
    const row = this.#tags.get(stream) as { tags: string } | undefined;
    if (row === undefined) return;
    const tags = change(readTags(row.tags));
    this.#retag.run(writeTags(tags), Number(isPrompt(tags)), stream);
  }
}
