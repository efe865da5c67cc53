import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { consumerPrefix, decodeConsumerEvent } from '../../application/history/consumer-codec.js';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { absent } from '../../domain/consumer/consumer.js';
import type { Consumer } from '../../domain/consumer/consumer.js';
import { evolve } from '../../domain/consumer/evolve.js';
import type { SubscribersPart } from './subscribers-part.js';

/**
 * The consumers that there are. What an event means is what it means to the rules: the row has the state that they are
 * decided on.
 *
 * - `state`: JSON of it.
 */
const table = `
  CREATE TABLE subscribers_consumers (
    stream   TEXT    PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    state    TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export const consumerRows: SubscribersPart = {
  streamPrefixes: [consumerPrefix],
  create: (db) => db.exec(table),
  drop: (db) => db.exec('DROP TABLE IF EXISTS subscribers_consumers'),
  open: (db) => {
    const rows = new ConsumerRows(db);
    return (event) => rows.take(event);
  },
};

class ConsumerRows {
  readonly #state: StatementSync;
  readonly #write: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: DatabaseSync) {
    this.#state = db.prepare('SELECT state FROM subscribers_consumers WHERE stream = ?');
    this.#write = db.prepare('INSERT OR REPLACE INTO subscribers_consumers VALUES (?, ?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM subscribers_consumers WHERE stream = ?');
  }

  take(event: RecordedEvent): void {
    const { stream, revision } = event;
    const row = this.#state.get(stream) as { state: string } | undefined;
    const before = row === undefined ? absent : (JSON.parse(row.state) as Consumer);
    const after = evolve(before, decodeConsumerEvent(event));
    if (after.status === 'absent') this.#delete.run(stream);
    else this.#write.run(stream, after.name, revision, JSON.stringify(after));
  }
}
