import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventOf, Tag } from '../../domain/registered-model/events.js';
import { stages } from '../../domain/registered-model/stage.js';
import { DeletedVersions } from './deleted-versions.js';
import { PromptVersions } from './prompt-versions.js';
import { isPrompt, readTags, withoutTag, withTag, writeTags } from './tag-list.js';

/** Takes events into the rows of model versions. A version that is not there is left alone. */
export class VersionRows {
  readonly #prompts: PromptVersions;
  readonly #deleted: DeletedVersions;
  readonly #insert: StatementSync;
  readonly #insertDetails: StatementSync;
  readonly #find: StatementSync;
  readonly #touch: StatementSync;
  readonly #move: StatementSync;
  readonly #describe: StatementSync;
  readonly #changeStatus: StatementSync;
  readonly #tags: StatementSync;
  readonly #retag: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteDetails: StatementSync;

  constructor(db: DatabaseSync) {
    const ofModel = 'model = (SELECT id FROM registry_models WHERE stream = ?) AND version = ?';
    this.#prompts = new PromptVersions(db);
    this.#deleted = new DeletedVersions(db);
    this.#insert = db.prepare(`
      INSERT INTO registry_versions (model, version, name, prompt, stage, created_at, updated_at)
      SELECT id, ?, name, prompt_versions > 0, 0, ?, ? FROM registry_models WHERE stream = ?`);
    this.#insertDetails = db.prepare(`
      INSERT INTO registry_version_details
        (id, description, source, storage_location, run_id, run_link, status, status_message, tags)
      VALUES (?, ?, ?, ?, ?, ?, 'READY', NULL, ?)`);
    this.#find = db.prepare(`SELECT id FROM registry_versions WHERE ${ofModel}`);
    this.#touch = db.prepare('UPDATE registry_versions SET updated_at = ? WHERE id = ?');
    this.#move = db.prepare(`UPDATE registry_versions SET stage = ?, updated_at = ? WHERE ${ofModel}`);
    this.#describe = db.prepare('UPDATE registry_version_details SET description = ? WHERE id = ?');
    this.#changeStatus = db.prepare(
      'UPDATE registry_version_details SET status = ?, status_message = ? WHERE id = ?',
    );
    this.#tags = db.prepare(`
      SELECT id, tags FROM registry_version_details
      WHERE id = (SELECT id FROM registry_versions WHERE ${ofModel})`);
    this.#retag = db.prepare('UPDATE registry_version_details SET tags = ? WHERE id = ?');
    this.#delete = db.prepare('DELETE FROM registry_versions WHERE id = ?');
    this.#deleteDetails = db.prepare('DELETE FROM registry_version_details WHERE id = ?');
  }

  created(stream: string, { data, at }: EventOf<'VersionCreated'>): void {
    const { changes, lastInsertRowid: id } = this.#insert.run(data.version, at, at, stream);
    if (changes === 0) return;
    const { description, source, storageLocation, runId, runLink, tags } = data;
    this.#insertDetails.run(id, description, source, storageLocation, runId, runLink, writeTags(tags));
    if (isPrompt(tags)) this.#prompts.added(stream);
  }

  described(stream: string, { data, at }: EventOf<'VersionDescribed'>): void {
    const id = this.#id(stream, data.version);
    if (id === undefined) return;
    this.#touch.run(at, id);
    this.#describe.run(data.description, id);
  }

  statusChanged(stream: string, { data, at }: EventOf<'VersionStatusChanged'>): void {
    const id = this.#id(stream, data.version);
    if (id === undefined) return;
    this.#touch.run(at, id);
    this.#changeStatus.run(data.status, data.message, id);
  }

  moved(stream: string, { data, at }: EventOf<'StageTransitioned'>): void {
    this.#move.run(stages.indexOf(data.to), at, stream, data.version);
  }

  tagSet(stream: string, version: number, tag: Tag): void {
    this.#change(stream, version, (tags) => withTag(tags, tag));
  }

  tagDeleted(stream: string, version: number, key: string): void {
    this.#change(stream, version, (tags) => withoutTag(tags, key));
  }

  /** A version that made its model a prompt goes on doing so, as MLflow has it. */
  deleted(stream: string, { data }: EventOf<'VersionDeleted'>): void {
    const id = this.#id(stream, data.version);
    if (id === undefined) return;
    this.#deleted.keep(stream, data.version);
    this.#delete.run(id);
    this.#deleteDetails.run(id);
  }

  restored(stream: string, { data, at }: EventOf<'VersionRestored'>): void {
    this.#deleted.restore(stream, data.version, { stage: stages.indexOf(data.stage), at });
  }

  #id(stream: string, version: number): number | undefined {
    return (this.#find.get(stream, version) as { id: number } | undefined)?.id;
  }

  #change(stream: string, version: number, change: (tags: readonly Tag[]) => readonly Tag[]): void {
    const row = this.#tags.get(stream, version) as { id: number; tags: string } | undefined;
    if (row === undefined) return;
    const before = readTags(row.tags);
    const after = change(before);
    this.#retag.run(writeTags(after), row.id);
    if (isPrompt(after) && !isPrompt(before)) this.#prompts.added(stream);
    if (isPrompt(before) && !isPrompt(after)) this.#prompts.removed(stream);
  }
}
