import type { EventStore } from '../../application/ports/event-store.js';
import type { ConsumersReader } from '../../application/queries/subscribers/consumers-reader.js';
import type { DeliveriesReader } from '../../application/queries/subscribers/deliveries-reader.js';
import type { SubscribersProgress } from '../../application/queries/subscribers/subscribers-progress.js';
import type { WebhooksReader } from '../../application/queries/subscribers/webhooks-reader.js';
import { ProjectionRunner } from '../projection-runner.js';
import type { ProjectionLog } from '../projection-runner.js';
import { openReadModelDatabase } from '../read-model-database.js';
import { ReadModelTransaction } from '../read-model-transaction.js';
import { SqliteConsumersReader } from './consumers.reader.js';
import { SqliteDeliveriesReader } from './deliveries.reader.js';
import { subscribersProjection } from './subscribers.projection.js';
import { SqliteWebhooksReader } from './webhooks.reader.js';

/** What can be asked about subscribers, as soon as it has caught up. */
export interface Subscribers {
  readonly progress: SubscribersProgress;
  readonly webhooks: WebhooksReader;
  readonly consumers: ConsumersReader;
  readonly deliveries: DeliveriesReader;
}

/** It is in a file of its own, which may be deleted at any time. */
export interface OpenSubscribers extends Subscribers {
  /** Keeps it up to date while it runs. */
  readonly runner: ProjectionRunner;
  /** Lets go of the file. The runner must have stopped. */
  close(): void;
}

/** @param path of the file, or `:memory:` */
export function openSubscribers(path: string, store: EventStore, log: ProjectionLog): OpenSubscribers {
  const db = openReadModelDatabase(path);
  const transaction = new ReadModelTransaction(db);
  const runner = new ProjectionRunner(subscribersProjection, db, transaction, store, log);
  return {
    runner,
    progress: runner,
    webhooks: new SqliteWebhooksReader(db),
    consumers: new SqliteConsumersReader(db),
    deliveries: new SqliteDeliveriesReader(db),
    close: () => db.close(),
  };
}
