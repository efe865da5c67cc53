import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventFilter, Position, RecordedEvent, Revision } from '../../application/ports/event-store.js';
import { LogClosedError } from '../../application/ports/event-store.js';
import type { LogRow } from './log-row.js';
import { sizeOf, toRecordedEvent } from './log-row.js';
import { prefixRange } from './stream-prefixes.js';

/** A page ends at this many events, or with the event that makes it this long. */
const pageEvents = 512;
const pageText = 4 * 1024 * 1024;

/** How many positions one page looks at when a filter leaves most of them out: some milliseconds of work. */
const pageSpan = 4_096;

type Direction = 'forwards' | 'backwards';

interface StreamPageRequest {
  readonly stream: string;
  readonly direction: Direction;
  readonly from: Revision;
  readonly limit: number;
}

interface LogPageRequest {
  readonly direction: Direction;
  readonly from: Position;
  /** The last position of the whole reading, not of the page. */
  readonly to: Position;
  readonly limit: number;
  readonly filter?: EventFilter | undefined;
}

export interface StreamPage {
  readonly events: readonly RecordedEvent[];
  /** The page is full, so that others may follow. */
  readonly more: boolean;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** Every position from the first to this one, inclusive, has been dealt with. */
  readonly through: Position;
}

const columns = 'e.revision, e.event_id, e.type, e.data, e.metadata, e.recorded_at';
const order = { forwards: 'ASC', backwards: 'DESC' } as const;

/** Reads events from disk, page by page, so that neither memory nor the event loop is taken for long. */
export class EmbeddedReader {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @throws LogClosedError as every reading does once the database has been closed. */
  refuseWhenClosed(): void {
    if (!this.#database.isOpen) {
      throw new LogClosedError();
    }
  }

  /** The next events of a stream. */
  streamPage({ stream, direction, from, limit }: StreamPageRequest): StreamPage {
    const statement = this.#prepared(
      `SELECT e.position, ?1, ${columns} FROM events e
       WHERE e.stream_id = (SELECT stream_id FROM streams WHERE name = ?1)
         AND e.revision ${direction === 'forwards' ? '>=' : '<='} ?2
       ORDER BY e.revision ${order[direction]} LIMIT ?3`,
    );
    const most = Math.min(limit, pageEvents);
    return collected(statement.iterate(stream, from, most), most);
  }

  /** The next events of the log that pass the filter, which may be none although more follow. */
  logPage({ direction, from, to, limit, filter }: LogPageRequest): LogPage {
    const ranges = filter?.streamPrefixes.map(prefixRange);
    const statement = this.#prepared(
      `SELECT e.position, s.name, ${columns} FROM events e CROSS JOIN streams s ON s.stream_id = e.stream_id
       WHERE e.position BETWEEN ? AND ? ${ranges === undefined ? '' : `AND ${within(ranges.length)}`}
       ORDER BY e.position ${order[direction]} LIMIT ?`,
    );
    const last =
      direction === 'forwards' ? Math.min(to, from + pageSpan - 1) : Math.max(to, from - pageSpan + 1);
    const most = Math.min(limit, pageEvents);
    const names = (ranges ?? []).flatMap(({ start, end }) => [start, end]);
    const rows = statement.iterate(Math.min(from, last), Math.max(from, last), ...names, most);
    const { events, more } = collected(rows, most);
    return { events, through: more ? (events.at(-1)?.position ?? last) : last };
  }

  /** Statements are kept, one for each number of prefixes that is in use. */
  #prepared(sql: string): StatementSync {
    this.refuseWhenClosed();
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function within(ranges: number): string {
  return ranges === 0 ? 'FALSE' : `(${Array(ranges).fill('s.name >= ? AND s.name < ?').join(' OR ')})`;
}

function collected(rows: Iterable<unknown>, most: number): StreamPage {
  const events: RecordedEvent[] = [];
  let text = 0;
  for (const row of rows as Iterable<LogRow>) {
    events.push(toRecordedEvent(row));
    text += sizeOf(row);
    if (text >= pageText) {
      return { events, more: true };
    }
  }
  return { events, more: events.length === most };
}
