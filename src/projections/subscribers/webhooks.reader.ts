import type { DatabaseSync } from 'node:sqlite';
import type { WebhookView } from '../../application/queries/subscribers/subscriber-views.js';
import { webhookView } from '../../application/queries/subscribers/webhook-view.js';
import { WebhooksReader } from '../../application/queries/subscribers/webhooks-reader.js';
import type { WebhookName } from '../../application/queries/subscribers/webhooks-reader.js';
import type { Webhook } from '../../domain/webhook/webhook.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';

const columns = 'SELECT id, revision, state FROM subscribers_webhooks WHERE deleted = 0';

/** Reads the webhooks from the tables of subscribers. */
export class SqliteWebhooksReader extends WebhooksReader {
  readonly #all: Query;
  readonly #one: Query;
  readonly #name: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#all = new Query(db, `${columns} ORDER BY created DESC`);
    this.#one = new Query(db, `${columns} AND id = ?`);
    this.#name = new Query(db, 'SELECT name, url, deleted FROM subscribers_webhooks WHERE id = ?');
  }

  override all(): readonly WebhookView[] {
    return this.#all.all().flatMap((row) => viewOf(row) ?? []);
  }

  override webhook(id: string): WebhookView | undefined {
    const row = this.#one.first(id);
    return row && viewOf(row);
  }

  override nameOf(id: string): WebhookName | undefined {
    const row = this.#name.first(id) as [name: string, url: string, deleted: number] | undefined;
    if (row === undefined) return undefined;
    const [name, url, deleted] = row;
    return { name, url, deleted: deleted === 1 };
  }
}

function viewOf(row: Row): WebhookView | undefined {
  const [id, revision, state] = row as unknown as [id: string, revision: number, state: string];
  return webhookView(id, JSON.parse(state) as Webhook, revision);
}
