import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventOf } from '../../domain/registered-model/events.js';
import { isPrompt, readTags, withoutTag, withTag, writeTags } from './tag-list.js';
import type { Tag } from '../../domain/registered-model/events.js';

/** Takes events into the rows of the models themselves. A stream that has no model is left alone. */
export class ModelRows {
  readonly #insert: StatementSync;
  readonly #rename: StatementSync;
  readonly #renameVersions: StatementSync;
  readonly #describe: StatementSync;
  readonly #touch: StatementSync;
  readonly #tags: StatementSync;
  readonly #retag: StatementSync;
  readonly #delete: readonly StatementSync[];

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
    this.#delete = [
      `DELETE FROM registry_aliases WHERE model = ${model}`,
      `DELETE FROM registry_version_details
       WHERE id IN (SELECT id FROM registry_versions WHERE model = ${model})`,
      `DELETE FROM registry_versions WHERE model = ${model}`,
      'DELETE FROM registry_models WHERE stream = ?',
    ].map((statement) => db.prepare(statement));
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
    for (const statement of this.#delete) statement.run(stream);
  }

  #change(stream: string, change: (tags: readonly Tag[]) => readonly Tag[]): void {
    const row = this.#tags.get(stream) as { tags: string } | undefined;
    if (row === undefined) return;
    const tags = change(readTags(row.tags));
    this.#retag.run(writeTags(tags), Number(isPrompt(tags)), stream);
  }
}
