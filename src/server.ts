import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { openDispatching } from './dispatching.js';
import { httpAdapter } from './http/fastify.js';
import { Metrics } from './http/operations/metrics.js';
import { SystemClock } from './infrastructure/clock/system-clock.js';
import { CatchingUp } from './application/deciding/catching-up.js';
import { annalsStreams } from './application/history/annals-streams.js';
import type { EventStore } from './application/ports/event-store.js';
import { EmbeddedEventStore } from './infrastructure/embedded-log/embedded-event-store.js';
import { SqliteSnapshotStore } from './infrastructure/snapshots/sqlite-snapshot-store.js';
import { MlflowTrackingServer } from './infrastructure/tracking/mlflow-tracking-server.js';
import { AddressPolicy } from './infrastructure/webhooks/address-policy.js';
import { HttpWebhookSender } from './infrastructure/webhooks/http-webhook-sender.js';
import { openSecretBox } from './infrastructure/webhooks/open-secret-box.js';
import { UnsealingSender } from './infrastructure/webhooks/unsealing-sender.js';
import { NestLogger } from './logging.js';
import { openHistory } from './projections/history/open-history.js';
import { ProjectionRunner } from './projections/projection-runner.js';
import { Projections } from './projections/projections.js';
import { openReadModelDatabase } from './projections/read-model-database.js';
import { ReadModelTransaction } from './projections/read-model-transaction.js';
import { registryProjection } from './projections/registry/registry.projection.js';
import { openSubscribers } from './projections/subscribers/open-subscribers.js';
import { SqliteIdempotencyRegister } from './projections/registry/idempotency.reader.js';
import { SqliteRegistryReader } from './projections/registry/registry.reader.js';
import { ViewCache } from './projections/registry/view-cache.js';

/** A server that listens. */
export interface RunningServer {
  /** Where it listens, `http://127.0.0.1:5000`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Answers what has been asked, then lets go of everything. */
  close(): Promise<void>;
}

/**
 * Starts the service and resolves when it listens; it is ready when the read models have caught up.
 *
 * @throws LogInUseError, NotAnAnnalsLogError, LogSchemaTooNewError or EventStoreDbConnectionError about the log,
 * SecretsKeyError about the key in the data folder, or what the system says about the port.
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const file = inFolder(config.dataDirectory);
  const metrics = new Metrics();
  const secrets = openSecretBox(
    config.secretsKeys,
    config.eventStore === undefined ? file('secrets.key') : undefined,
  );
  const store = await openLog(config, file, metrics, log);
  const database = openReadModelDatabase(file('read-model.sqlite'));
  const snapshots = new SqliteSnapshotStore(file('snapshots.sqlite'));
  const transaction = new ReadModelTransaction(database);
  const views = new ViewCache();
  const history = openHistory(file('history.sqlite'), store, log);
  const subscribers = openSubscribers(file('subscribers.sqlite'), store, log);
  const sender = new HttpWebhookSender(new AddressPolicy(config.webhooks.allowed), config.webhooks.timeout);
  const projections = new Projections(
    [new ProjectionRunner(registryProjection(views), database, transaction, store, log)],
    [history.runner, subscribers.runner],
  );
  await projections.start();
  const adapters = {
    store,
    snapshots,
    tracking: new MlflowTrackingServer(config.trackingUri),
    clock: new SystemClock(),
    reader: new SqliteRegistryReader(database, views),
    register: new SqliteIdempotencyRegister(database),
    readModels: projections,
    history,
    subscribers,
    secrets,
    sender: new UnsealingSender(sender, secrets),
    metrics,
    source: config.source,
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(adapters),
    httpAdapter(
      log,
      metrics,
      config,
      () => transaction.changes,
      config.reads === 'log' ? new CatchingUp(store, projections) : undefined,
    ),
    { bodyParser: false, logger: new NestLogger(log) },
  );
  app.setGlobalPrefix(config.staticPrefix, {
    exclude: ['health', 'health/live', 'health/ready', 'metrics', 'version'],
  });
  const dispatching = openDispatching(app, adapters, config, log);
  const close = async () => {
    await dispatching.stop();
    await app.close();
    sender.close();
    await projections.stop();
    await store.close();
    snapshots.close();
    database.close();
    history.close();
    subscribers.close();
  };
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  dispatching.start(Promise.all([history.runner.caughtUp, subscribers.runner.caughtUp]));
  return { url: await app.getUrl(), app, close };
}

/** The client of EventStoreDB is loaded by those only who use it. */
async function openLog(
  { eventStore }: Config,
  file: (name: string) => string,
  observer: Metrics,
  log: Logger,
): Promise<EventStore> {
  if (eventStore === undefined) return EmbeddedEventStore.open(file('log.sqlite'), { observer });
  const { connectToEventStoreDb } = await import('./infrastructure/eventstoredb/connect.js');
  return connectToEventStoreDb(eventStore, { ...annalsStreams, observer, log });
}

/** Files of the data folder, or databases in memory when that is called `:memory:`. */
function inFolder(folder: string): (name: string) => string {
  if (folder === ':memory:') return () => folder;
  mkdirSync(folder, { recursive: true });
  return (name) => join(folder, name);
}
