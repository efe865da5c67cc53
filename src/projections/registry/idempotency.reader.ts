import type { DatabaseSync } from 'node:sqlite';
import { IdempotencyRegister } from '../../application/ports/idempotency-register.js';
import type { AnsweredRequest } from '../../application/ports/idempotency-register.js';
import { Query } from '../statements.js';

/** The register beside the registry's rows: whoever waited for the registry has waited for its keys, too. */
export class SqliteIdempotencyRegister extends IdempotencyRegister {
  readonly #find: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#find = new Query(
      db,
      'SELECT fingerprint, stream, revision FROM registry_idempotent_requests WHERE key = ?',
    );
  }

  override find(key: string): AnsweredRequest | undefined {
    const row = this.#find.first(key) as [fingerprint: string, stream: string, revision: number] | undefined;
    if (row === undefined) return undefined;
    const [fingerprint, stream, revision] = row;
    return { fingerprint, stream, revision };
  }
}
