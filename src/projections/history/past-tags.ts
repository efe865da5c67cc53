import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Tag } from '../../domain/registered-model/events.js';
import { Facts, fields } from './facts.js';
import type { FactEntry } from './facts.js';

/** The tags of models and versions as of a position. `scope` is a version of the model, or 0 for the model itself. */
export class PastTags {
  readonly #facts: Facts;

  constructor(db: DatabaseSync) {
    this.#facts = new Facts(db);
  }

  /** By key in byte order; none of what there was not yet. */
  every(model: number, scope: number, asOf: Position): readonly Tag[] {
    const all = new Map<string, string>();
    for (const { key, value } of this.#first(model, scope, asOf)) all.set(key, value);
    for (const { key, after } of this.#facts.every(model, scope, fields.tag, asOf)) {
      if (after === null) all.delete(key);
      else all.set(key, (JSON.parse(after) as Tag).value);
    }
    return [...all].map(([key, value]) => ({ key, value })).sort((a, b) => compareBytes(a.key, b.key));
  }

  /** The tag with a key; undefined when there was none. */
  one(model: number, scope: number, key: string, asOf: Position): Tag | undefined {
    const last = this.#facts.lastOf(model, scope, fields.tag, key, asOf);
    if (last !== undefined) return (JSON.parse(last.after ?? 'null') as Tag | null) ?? undefined;
    return this.#first(model, scope, asOf).findLast((tag) => tag.key === key);
  }

  /** Those that it was made with. */
  #first(model: number, scope: number, asOf: Position): readonly Tag[] {
    const creation: FactEntry | undefined = this.#facts.creation(model, scope);
    if (creation === undefined || creation.position > asOf) return [];
    return (JSON.parse(creation.after ?? '{}') as { readonly tags?: readonly Tag[] }).tags ?? [];
  }
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
