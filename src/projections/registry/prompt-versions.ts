import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Counts the versions of a model that carry the prompt tag, and marks all of its versions while there are any. */
export class PromptVersions {
  readonly #count: StatementSync;
  readonly #mark: StatementSync;

  constructor(db: DatabaseSync) {
    this.#count = db.prepare(`
      UPDATE registry_models SET prompt_versions = prompt_versions + ? WHERE stream = ?
      RETURNING id, prompt_versions AS count`);
    this.#mark = db.prepare('UPDATE registry_versions SET prompt = ? WHERE model = ?');
  }

  added(stream: string): void {
    const { id, count } = this.#changed(stream, 1);
    if (count === 1) this.#mark.run(1, id);
  }

  removed(stream: string): void {
    const { id, count } = this.#changed(stream, -1);
    if (count === 0) this.#mark.run(0, id);
  }

  #changed(stream: string, by: number): { id: number; count: number } {
    return this.#count.get(by, stream) as { id: number; count: number };
  }
}
