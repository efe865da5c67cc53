import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeWebhookEvent, webhookIdOf, webhookPrefix } from '../../application/history/webhook-codec.js';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { evolve } from '../../domain/webhook/evolve.js';
import { liveWebhook, noWebhook } from '../../domain/webhook/webhook.js';
import type { Webhook } from '../../domain/webhook/webhook.js';
import type { SubscribersPart } from './subscribers-part.js';

/**
 * The webhooks, deleted ones included. What an event means is what it means to the rules: the row has the state that
 * they are decided on.
 *
 * - `created`: position of the event that created it: the order in which they are listed.
 * - `state`: JSON of it.
 * - `name`, `url`: what they were at last, for whoever finds the id in the history.
 */
const table = `
  CREATE TABLE subscribers_webhooks (
    id       TEXT    PRIMARY KEY,
    created  INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    url      TEXT    NOT NULL,
    deleted  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

export const webhookRows: SubscribersPart = {
  streamPrefixes: [webhookPrefix],
  create: (db) => db.exec(table),
  drop: (db) => db.exec('DROP TABLE IF EXISTS subscribers_webhooks'),
  open: (db) => {
    const rows = new WebhookRows(db);
    return (event) => rows.take(event);
  },
};

class WebhookRows {
  readonly #state: StatementSync;
  readonly #create: StatementSync;
  readonly #change: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: DatabaseSync) {
    this.#state = db.prepare('SELECT state FROM subscribers_webhooks WHERE id = ?');
    this.#create = db.prepare('INSERT INTO subscribers_webhooks VALUES (?, ?, ?, ?, ?, ?, 0)');
    this.#change = db.prepare(
      'UPDATE subscribers_webhooks SET revision = ?, state = ?, name = ?, url = ? WHERE id = ?',
    );
    this.#delete = db.prepare(
      'UPDATE subscribers_webhooks SET revision = ?, state = ?, deleted = 1 WHERE id = ?',
    );
  }

  take(event: RecordedEvent): void {
    const id = webhookIdOf(event.stream);
    const known = this.#state.get(id);
    const before = known === undefined ? noWebhook : (JSON.parse(String(known['state'])) as Webhook);
    const after = evolve(before, decodeWebhookEvent(event));
    const live = liveWebhook(after);
    const { revision, position } = event;
    const state = JSON.stringify(after);
    if (live === undefined) this.#delete.run(revision, state, id);
    else if (known === undefined)
      this.#create.run(id, position, revision, state, live.settings.name, live.settings.url);
    else this.#change.run(revision, state, live.settings.name, live.settings.url, id);
  }
}
