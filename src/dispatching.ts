import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { DisableWebhook } from './application/commands/webhooks/disable-webhook.js';
import { Courtesy } from './application/deciding/courtesy.js';
import { thisNode } from './application/dispatching/dispatcher-metadata.js';
import { Dispatcher } from './application/dispatching/dispatcher.js';
import type { DispatchingParts } from './application/dispatching/dispatching-parts.js';
import { LogLease } from './application/dispatching/log-lease.js';
import { NoticeRequests } from './application/dispatching/notice-requests.js';
import { SoleLease } from './application/dispatching/sole-lease.js';
import type { NoticeReader } from './application/notices/notice-reader.js';
import type { HistoryProgress } from './application/queries/history/history-progress.js';
import type { DeliveriesReader } from './application/queries/subscribers/deliveries-reader.js';
import type { SubscribersProgress } from './application/queries/subscribers/subscribers-progress.js';
import type { WebhooksReader } from './application/queries/subscribers/webhooks-reader.js';
import type { Metrics } from './http/operations/metrics.js';
import type { Config } from './config.js';
import { standardLease } from './domain/dispatcher-lease/lease.js';
import { RegistryError } from './domain/registry-error.js';
import { LogStatus } from './http/operations/log-status.js';
import { WebhookMetrics } from './http/operations/webhook-metrics.js';
import { SystemTiming } from './infrastructure/clock/system-timing.js';

/** What sending takes from outside. */
export interface DispatchingAdapters extends Pick<DispatchingParts, 'store' | 'sender'> {
  readonly history: {
    readonly progress: HistoryProgress;
    readonly notices: NoticeReader;
  };
  readonly subscribers: {
    readonly progress: SubscribersProgress;
    readonly webhooks: WebhooksReader;
    readonly deliveries: DeliveriesReader;
  };
  readonly metrics: Metrics;
}

/** The dispatcher of webhooks. */
export interface Dispatching {
  /**
   * Begins to send when this node's turn comes.
   *
   * @param ready when the read models may be asked
   */
  start(ready: Promise<unknown>): void;
  /** Resolves when nothing is sent any more and the lease is given back. */
  stop(): Promise<void>;
}

/** Puts the dispatcher together: it sends nothing before it is started. */
export function openDispatching(
  app: INestApplicationContext,
  adapters: DispatchingAdapters,
  config: Config,
  log: Logger,
): Dispatching {
  const { store, history, subscribers, sender, metrics } = adapters;
  const timing = new SystemTiming();
  const observer = new WebhookMetrics(metrics.registry);
  const parts: DispatchingParts = {
    store,
    history: history.progress,
    notices: history.notices,
    subscribers: subscribers.progress,
    webhooks: subscribers.webhooks,
    deliveries: subscribers.deliveries,
    requests: app.get(NoticeRequests),
    sender,
    courtesy: app.get(Courtesy),
    timing,
    rules: config.webhooks,
    disable: (id, reason, detail) =>
      disable(app.get(CommandBus), new DisableWebhook(id, reason, detail, own())),
    observer,
    log,
  };
  // Only one process can have the embedded log.
  const lease =
    config.eventStore === undefined
      ? new SoleLease()
      : new LogLease(store, timing, standardLease, thisNode, log);
  const dispatcher = new Dispatcher(parts, lease);
  observer.watch({ ...subscribers, dispatcher, log: app.get(LogStatus) });
  const stopping = new AbortController();
  let running = Promise.resolve();
  return {
    start: (ready) => {
      running = dispatcher.run(ready, stopping.signal);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function disable(commands: CommandBus, command: DisableWebhook): Promise<void> {
  try {
    await commands.execute(command);
  } catch (error) {
    // Deleted meanwhile: then nothing is sent to it in any case.
    if (!(error instanceof RegistryError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
  }
}

/** What the service does by itself. */
function own(): DisableWebhook['context'] {
  const id = randomUUID();
  return {
    actor: { type: 'system', id: 'dispatcher', authentication: 'system' },
    client: { address: thisNode, userAgent: null },
    requestId: id,
    correlationId: id,
  };
}
