import type { DatabaseSync } from 'node:sqlite';
import type { Tag, VersionStatus } from '../../domain/registered-model/events.js';
import { forever } from './history.schema.js';
import { Facts, fields } from './facts.js';

/** What an event is about to change, as the entries so far have it. */
export class ValuesBefore {
  readonly #facts: Facts;

  constructor(db: DatabaseSync) {
    this.#facts = new Facts(db);
  }

  /** @param scope a version of the model, or 0 for the model itself */
  tag(model: number, scope: number, key: string): Tag | null {
    const last = this.#facts.lastOf(model, scope, fields.tag, key, forever);
    if (last !== undefined) return parse(last.after) as Tag | null;
    const first = parse(this.#facts.creation(model, scope)?.after ?? null) as { tags: readonly Tag[] } | null;
    return first?.tags.findLast((tag) => tag.key === key) ?? null;
  }

  description(model: number, scope: number): { description: string | null } | null {
    const { after = null } =
      this.#facts.last(model, scope, fields.description, forever) ?? this.#facts.creation(model, scope) ?? {};
    const value = parse(after) as { description: string | null } | null;
    return value && { description: value.description };
  }

  status(model: number, scope: number): { status: VersionStatus; message: string | null } {
    const last = this.#facts.last(model, scope, fields.status, forever);
    if (last === undefined) return { status: 'READY', message: null };
    return parse(last.after) as { status: VersionStatus; message: string | null };
  }

  /** Where the model was deleted; undefined when it never was. */
  deletedAt(model: number): number | undefined {
    return this.#facts.last(model, 0, fields.life, forever)?.position;
  }
}

function parse(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
