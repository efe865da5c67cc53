import { LRUCache } from 'lru-cache';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Actor, Client } from '../../application/history/event-metadata.js';

const kept = 20_000;

/**
 * Small numbers for what is long and comes again and again. They are remembered; whoever applies events after something
 * was taken back has to begin with a new one of these.
 */
class Numbers {
  readonly #known = new LRUCache<string, number>({ max: kept });
  readonly #find: StatementSync;

  constructor(db: DatabaseSync, table: string, column: string) {
    this.#find = db.prepare(`SELECT id FROM ${table} WHERE ${column}`);
  }

  find(key: string, ...values: readonly string[]): number | undefined {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row = this.#find.get(...values) as { id: number } | undefined;
    if (row !== undefined) this.#known.set(key, row.id);
    return row?.id;
  }

  keep(key: string, id: number | bigint): number {
    this.#known.set(key, Number(id));
    return Number(id);
  }
}

export class ModelIds {
  readonly #numbers: Numbers;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#numbers = new Numbers(db, 'history_models', 'uuid = ?');
    this.#insert = db.prepare('INSERT INTO history_models (uuid) VALUES (?)');
  }

  /** Undefined when nothing has ever been recorded of this model. */
  find(modelId: string): number | undefined {
    return this.#numbers.find(modelId, modelId);
  }

  of(modelId: string): number {
    return this.find(modelId) ?? this.#numbers.keep(modelId, this.#insert.run(modelId).lastInsertRowid);
  }
}

export class ActorIds {
  readonly #numbers: Numbers;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#numbers = new Numbers(db, 'history_actors', 'actor = ? AND type = ? AND authentication = ?');
    this.#insert = db.prepare('INSERT INTO history_actors (actor, type, authentication) VALUES (?, ?, ?)');
  }

  of({ id, type, authentication }: Actor): number {
    const key = `${authentication} ${type} ${id}`;
    return (
      this.#numbers.find(key, id, type, authentication) ??
      this.#numbers.keep(key, this.#insert.run(id, type, authentication).lastInsertRowid)
    );
  }
}

export class ClientIds {
  readonly #numbers: Numbers;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#numbers = new Numbers(db, 'history_clients', 'text = ?');
    this.#insert = db.prepare('INSERT INTO history_clients (address, user_agent, text) VALUES (?, ?, ?)');
  }

  of({ address, userAgent }: Client): number {
    const text = userAgent === null ? address : `${address} ${userAgent}`;
    return (
      this.#numbers.find(text, text) ??
      this.#numbers.keep(text, this.#insert.run(address, userAgent, text).lastInsertRowid)
    );
  }
}
