import type { DatabaseSync } from 'node:sqlite';
import type { Actor } from '../../application/history/event-metadata.js';
import type { Position } from '../../application/ports/event-store.js';
import type { Cause } from '../../application/queries/history/past-views.js';
import { Query } from '../statements.js';
import { typeOf } from './codes.js';
import type { EntryDetails } from './entry-rows.js';

/** Finds the events that began and ended things. */
export class Causes {
  readonly #cause: Query;
  readonly #happened: Query;

  constructor(db: DatabaseSync) {
    this.#cause = new Query(
      db,
      `SELECT e.event_id, e.type, e.happened_at, e.recorded_at, a.type, a.actor, a.authentication, e.comment,
         e.details, e.correlation
       FROM history_entries AS e JOIN history_actors AS a ON a.id = e.actor WHERE e.position = ?`,
    );
    this.#happened = new Query(
      db,
      'SELECT happened_at FROM history_entries WHERE position <= ? ORDER BY position DESC LIMIT 1',
    );
  }

  at(position: Position): Cause {
    const row = this.#cause.first(position);
    if (row === undefined) throw new Error(`The history has no event at position ${position}`);
    const [eventId, type, happenedAt, recordedAt, actorType, actor, authentication, comment, details] = row;
    return {
      position,
      eventId: String(eventId),
      type: typeOf(Number(type)),
      happenedAt: Number(happenedAt),
      recordedAt: Number(recordedAt),
      actor: { type: actorType, id: actor, authentication } as Actor,
      comment: comment === null ? null : String(comment),
      inFavourOf:
        details === null ? null : ((JSON.parse(String(details)) as EntryDetails).inFavourOf ?? null),
      correlationId: String(row[9]),
    };
  }

  /** When the newest event up to a position happened. */
  timeOf(position: Position): number {
    return Number(this.#happened.first(position)?.[0] ?? 0);
  }
}
