import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { Moments } from '../../application/queries/history/moments.js';
import type { LogRange, Moment, PositionWindow } from '../../application/queries/history/moments.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';
import { forever } from './history.schema.js';

/** Reads times and positions from the tables of the history projection. */
export class SqliteMoments extends Moments {
  readonly #first: Query;
  readonly #at: Query;
  readonly #newest: Query;

  /** @param reached how far the projection has come */
  constructor(
    db: DatabaseSync,
    private readonly reached: () => Position,
  ) {
    super();
    const moments = 'SELECT position, recorded_at FROM history_entries';
    this.#first = new Query(db, `${moments} ORDER BY position LIMIT 1`);
    this.#at = new Query(db, `${moments} WHERE position <= ? ORDER BY position DESC LIMIT 1`);
    this.#newest = new Query(
      db,
      'SELECT position FROM history_instants WHERE recorded_at <= ? ORDER BY recorded_at DESC LIMIT 1',
    );
  }

  override range(): LogRange {
    const last = this.momentAt(forever);
    return {
      first: moment(this.#first.first()),
      last,
      reached: Math.max(this.reached(), last?.position ?? 0),
    };
  }

  override positionAt(time: number): Position | undefined {
    const row = this.#newest.first(Math.floor(time));
    return row && Number(row[0]);
  }

  override momentAt(position: Position): Moment | undefined {
    return moment(this.#at.first(position));
  }

  override between(from: number | undefined, to: number | undefined): PositionWindow {
    return {
      after: from === undefined ? 0 : (this.positionAt(from - 1) ?? 0),
      upTo: to === undefined ? forever : (this.positionAt(to - 1) ?? 0),
    };
  }
}

function moment(row: Row | undefined): Moment | undefined {
  return row && { position: Number(row[0]), recordedAt: Number(row[1]) };
}
