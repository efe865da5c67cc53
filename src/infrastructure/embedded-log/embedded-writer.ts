import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Appended, ExpectedRevision, Position } from '../../application/ports/event-store.js';
import { LogUnavailableError, WrongExpectedRevisionError } from '../../application/ports/event-store.js';
import type { WrittenEvent } from '../event-store/written-event.js';
import type { LogRow } from './log-row.js';
import { isSqliteError } from './sqlite-error.js';
import type { StreamEnd } from './stream-ends.js';
import { StreamEnds } from './stream-ends.js';

/** Events that are to be appended to one stream, all or none. */
export interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly WrittenEvent[];
}

export interface WrittenBatch {
  /** What came of each append, in the order of the appends. */
  readonly outcomes: readonly (Appended | WrongExpectedRevisionError)[];
  /** The new events, by position. */
  readonly rows: readonly LogRow[];
  /** How many of the appends wrote something. */
  readonly written: number;
}

interface Batch {
  readonly recordedAt: number;
  readonly rows: LogRow[];
  written: number;
}

/** Writes appends to the database, many in one transaction. Each succeeds or conflicts on its own. */
export class EmbeddedWriter {
  readonly #database: DatabaseSync;
  readonly #ends: StreamEnds;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #insert: StatementSync;
  readonly #sent: StatementSync;
  readonly #now: () => number;
  #head: Position;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
    this.#ends = new StreamEnds(database);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#insert = database.prepare(
      `INSERT INTO events (position, stream_id, revision, event_id, type, data, metadata, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#sent = database.prepare(
      `SELECT event_id AS id, position FROM events
       WHERE stream_id = ? AND revision BETWEEN ? AND ? ORDER BY revision`,
    );
    this.#head = Number(database.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
  }

  /** Position of the newest event that is on disk. */
  get head(): Position {
    return this.#head;
  }

  /**
   * When it returns, the batch is on disk.
   *
   * @throws LogUnavailableError when it is not; then none of it is.
   */
  write(appends: readonly PendingAppend[]): WrittenBatch {
    const batch: Batch = { recordedAt: this.#now(), rows: [], written: 0 };
    try {
      this.#begin.run();
      const outcomes = appends.map((append) => this.#append(append, batch));
      this.#commit.run();
      this.#head += batch.rows.length;
      return { outcomes, rows: batch.rows, written: batch.written };
    } catch (cause) {
      this.#rollBack();
      throw isSqliteError(cause) ? new LogUnavailableError(cause) : cause;
    }
  }

  #append(append: PendingAppend, batch: Batch): Appended | WrongExpectedRevisionError {
    const { stream, expected } = append;
    const end = this.#ends.find(stream);
    const actual = end?.revision ?? 'no-stream';
    if (actual !== expected) {
      return this.#earlierAppend(append, end) ?? new WrongExpectedRevisionError(stream, expected, actual);
    }
    batch.written += 1;
    return this.#insertAfter(end ?? this.#ends.begin(stream), append, batch);
  }

  #insertAfter(end: StreamEnd, { stream, events }: PendingAppend, { rows, recordedAt }: Batch): Appended {
    let position = this.#head + rows.length;
    for (const { id, type, data, metadata } of events) {
      position += 1;
      end.revision += 1;
      this.#insert.run(position, end.id, end.revision, id, type, data, metadata, recordedAt);
      rows.push([position, stream, end.revision, id, type, data, metadata, recordedAt]);
    }
    return { revision: end.revision, position };
  }

  /** The answer of the append that put these very events in this place, when there was one. */
  #earlierAppend({ expected, events }: PendingAppend, end: StreamEnd | undefined): Appended | undefined {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const last = first + events.length - 1;
    if (end === undefined || end.revision < last) {
      return undefined;
    }
    const sent = this.#sent.all(end.id, first, last);
    const position = sent.at(-1)?.['position'];
    const same = sent.length === events.length && sent.every(({ id }, index) => id === events[index]?.id);
    return same ? { revision: last, position: Number(position) } : undefined;
  }

  #rollBack(): void {
    this.#ends.forget();
    // Some failures, a full disk among them, have already rolled back.
    if (this.#database.isTransaction) {
      this.#database.exec('ROLLBACK');
    }
  }
}
