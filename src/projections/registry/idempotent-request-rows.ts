import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeMetadata } from '../../application/history/event-metadata.js';
import type { RecordedEvent } from '../../application/ports/event-store.js';

/** Keeps which event answered a command with an Idempotency-Key. */
export class IdempotentRequestRows {
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT OR IGNORE INTO registry_idempotent_requests VALUES (?, ?, ?, ?)');
  }

  /** Should two nodes have answered one key at the same time, then the first answer stands. */
  answered({ metadata, stream, revision }: RecordedEvent): void {
    const { idempotency } = decodeMetadata(metadata);
    if (idempotency) this.#insert.run(idempotency.key, idempotency.fingerprint, stream, revision);
  }
}
