import type { RetryRules } from '../../domain/delivery/retry-schedule.js';
import type { Courtesy } from '../deciding/courtesy.js';
import type { Notice } from '../notices/notice.js';
import type { NoticeReader } from '../notices/notice-reader.js';
import type { EventStore } from '../ports/event-store.js';
import type { Timing } from '../ports/timing.js';
import type { WebhookRequest, WebhookSender } from '../ports/webhook-sender.js';
import type { HistoryProgress } from '../queries/history/history-progress.js';
import type { DeliveriesReader } from '../queries/subscribers/deliveries-reader.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import type { SubscribersProgress } from '../queries/subscribers/subscribers-progress.js';
import type { WebhooksReader } from '../queries/subscribers/webhooks-reader.js';

/** Puts notices into requests. */
export interface WebhookRequests {
  /** Whether the webhook's format has words for the notice. One that it has none for is not wanted. */
  canTell(notice: Notice, webhook: WebhookView): boolean;
  /**
   * @param attempt from 1
   * @param redelivery id of the event that asked for it, if somebody did
   * @throws SecretUnreadableError
   */
  requestOf(notice: Notice, webhook: WebhookView, attempt: number, redelivery: string | null): WebhookRequest;
}

/** Told what becomes of requests, for metrics. It must be quick and must not throw. */
export interface DispatchingObserver {
  attempted(outcome: 'delivered' | 'failed' | 'parked', milliseconds: number): void;
}

/** Told about what the dispatcher cannot do by itself. */
export interface DispatcherLog {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What sending takes. */
export interface DispatchingParts {
  readonly store: EventStore;
  readonly history: HistoryProgress;
  readonly notices: NoticeReader;
  readonly subscribers: SubscribersProgress;
  readonly webhooks: WebhooksReader;
  readonly deliveries: DeliveriesReader;
  readonly requests: WebhookRequests;
  readonly sender: WebhookSender;
  /** Requests are sent one by one, between the commands of clients. */
  readonly courtesy: Courtesy;
  readonly timing: Timing;
  readonly rules: RetryRules;
  /** The service gives up on a webhook; resolves when that is on record. Harmless if it is disabled already. */
  readonly disable: (webhookId: string, reason: 'gone' | 'failing', detail: string) => Promise<void>;
  readonly observer: DispatchingObserver;
  readonly log: DispatcherLog;
}
