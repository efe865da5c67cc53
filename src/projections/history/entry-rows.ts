import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  AuditEntryType,
  Outcome,
  SubscriberSubject,
} from '../../application/queries/history/audit-entry.js';
import { outcomeNumber, typeNumber } from './codes.js';
import type { Field } from './facts.js';
import { ActorIds, ClientIds } from './ids.js';
import type { Circumstances } from './recorded-change.js';
import { textHash } from './text-hash.js';

/** What is only shown: {@link NewEntry.details} as JSON. */
export interface EntryDetails {
  readonly inFavourOf?: number;
  readonly archived?: readonly number[];
  readonly refusal?: { readonly command: string; readonly code: string; readonly message: string };
  readonly subscriber?: SubscriberSubject;
}

/** An entry that is about to be written; see `history_entries`. Stages are numbers, values JSON objects. */
export interface NewEntry {
  readonly type: AuditEntryType;
  readonly outcome: Outcome;
  readonly scope: number;
  readonly field: Field;
  readonly key: string;
  readonly flags: number;
  readonly stages: number;
  readonly version: number | null;
  readonly fromStage: number | null;
  readonly toStage: number | null;
  readonly comment: string | null;
  readonly before: object | null;
  readonly after: object | null;
  readonly details: EntryDetails | null;
}

export class EntryRows {
  readonly #actors: ActorIds;
  readonly #clients: ClientIds;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#actors = new ActorIds(db);
    this.#clients = new ClientIds(db);
    this.#insert = db.prepare(`
      INSERT INTO history_entries VALUES
        (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  }

  write(entry: NewEntry, model: number | null, name: string | null, circumstances: Circumstances): void {
    const { correlationId, requestId } = circumstances;
    this.#insert.run(
      circumstances.position,
      model,
      entry.scope,
      entry.field,
      entry.key,
      typeNumber(entry.type),
      outcomeNumber(entry.outcome),
      entry.flags,
      entry.stages,
      circumstances.revision,
      entry.version,
      name,
      this.#actors.of(circumstances.actor),
      this.#clients.of(circumstances.client),
      circumstances.happenedAt,
      circumstances.recordedAt,
      entry.fromStage,
      entry.toStage,
      textHash(circumstances.eventId),
      textHash(correlationId),
      circumstances.eventId,
      correlationId,
      circumstances.causationId,
      requestId === correlationId ? null : requestId,
      entry.comment,
      json(entry.before),
      json(entry.after),
      json(entry.details),
    );
  }
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
