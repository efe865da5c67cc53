import type { DatabaseSync } from 'node:sqlite';
import { consumerView } from '../../application/queries/subscribers/consumer-view.js';
import { ConsumersReader } from '../../application/queries/subscribers/consumers-reader.js';
import type { ConsumerView } from '../../application/queries/subscribers/subscriber-views.js';
import type { Consumer } from '../../domain/consumer/consumer.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';

const columns = 'SELECT revision, state FROM subscribers_consumers';

/** Reads the consumers from the tables of subscribers. */
export class SqliteConsumersReader extends ConsumersReader {
  readonly #all: Query;
  readonly #one: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#all = new Query(db, `${columns} ORDER BY name`);
    this.#one = new Query(db, `${columns} WHERE name = ?`);
  }

  override all(): readonly ConsumerView[] {
    return this.#all.all().flatMap((row) => viewOf(row) ?? []);
  }

  override consumer(name: string): ConsumerView | undefined {
    const row = this.#one.first(name);
    return row && viewOf(row);
  }
}

function viewOf([revision, state]: Row): ConsumerView | undefined {
  return consumerView(JSON.parse(String(state)) as Consumer, Number(revision));
}
