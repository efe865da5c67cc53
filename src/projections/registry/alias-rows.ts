import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventOf } from '../../domain/registered-model/events.js';

/** Takes events into the rows of aliases. A stream that has no model is left alone. */
export class AliasRows {
  readonly #set: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: DatabaseSync) {
    this.#set = db.prepare(`
      INSERT OR REPLACE INTO registry_aliases (model, alias, version)
      SELECT id, ?, ? FROM registry_models WHERE stream = ?`);
    this.#delete = db.prepare(`
      DELETE FROM registry_aliases
      WHERE model = (SELECT id FROM registry_models WHERE stream = ?) AND alias = ?`);
  }

  set(stream: string, { data }: EventOf<'AliasSet'>): void {
    this.#set.run(data.alias, data.version, stream);
  }

  deleted(stream: string, { data }: EventOf<'AliasDeleted'>): void {
    this.#delete.run(stream, data.alias);
  }
}
