import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Revision } from '../../application/ports/event-store.js';

/** Where a stream ends. The writer moves it on as it appends. */
export interface StreamEnd {
  readonly id: number;
  revision: Revision;
}

const remembered = 50_000;

/** The ends of the streams, those in use from memory. */
export class StreamEnds {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #known = new LRUCache<string, StreamEnd>({ max: remembered });

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(
      `SELECT stream_id AS id,
              (SELECT max(revision) FROM events WHERE events.stream_id = streams.stream_id) AS revision
       FROM streams WHERE name = ?`,
    );
    this.#insert = database.prepare('INSERT INTO streams (name) VALUES (?)');
  }

  find(stream: string): StreamEnd | undefined {
    const known = this.#known.get(stream);
    if (known !== undefined) {
      return known;
    }
    const found = this.#find.get(stream) as unknown as StreamEnd | undefined;
    return found === undefined ? undefined : this.#remember(stream, found);
  }

  /** A new stream, which must get its first event in the same transaction. */
  begin(stream: string): StreamEnd {
    return this.#remember(stream, { id: Number(this.#insert.run(stream).lastInsertRowid), revision: -1 });
  }

  /** To be called when a transaction was rolled back: what is remembered may never have come true. */
  forget(): void {
    this.#known.clear();
  }

  #remember(stream: string, end: StreamEnd): StreamEnd {
    this.#known.set(stream, end);
    return end;
  }
}
