import type { NoticeFilter } from '../notices/notice-filter.js';
import type { MlflowEvent } from './mlflow-events.js';

/**
 * How a notice is put into a request: CloudEvents 1.0 in its HTTP binding's structured or binary mode, or MLflow's own
 * payload with MLflow's headers, which only what MLflow knows can be told in.
 */
export const webhookFormats = ['cloudevents', 'cloudevents-binary', 'mlflow'] as const;

export type WebhookFormat = (typeof webhookFormats)[number];

/** What a webhook is told, where and how. */
export interface WebhookSettings {
  readonly name: string;
  readonly description: string | null;
  /** With user and password, if it has any, encrypted: one {@link SealedText} in their place. */
  readonly url: string;
  readonly format: WebhookFormat;
  readonly filter: NoticeFilter;
  /**
   * Of the format `mlflow` only: the events of MLflow that it is told of those that the filter lets through, in the order
   * in which they were named. All that MLflow knows if it is left out. A filter cannot say it: to MLflow a prompt is not
   * a model.
   */
  readonly mlflowEvents?: readonly MlflowEvent[];
}

/** Encrypted, as the port SecretBox makes it; only that opens it. */
export type SealedText = string;

/** Which deliveries are to be made once more: one, those of a range of positions, or those that failed since then. */
export type Redelivered =
  | { readonly noticeId: string }
  /** Positions, both inclusive. */
  | { readonly from: number; readonly to: number }
  /** ISO 8601, UTC: those that are parked whose last attempt was then or later. */
  | { readonly failedSince: string };

interface Facts {
  /** It is told what is recorded after the position `after`. `secret` is null when its requests are not signed. */
  WebhookCreated: WebhookSettings & {
    after: number;
    secret: SealedText | null;
    status: 'active' | 'paused';
  };
  /** All settings, as they are from now on. */
  WebhookUpdated: WebhookSettings;
  /** Nothing is sent until it is resumed, and nothing is lost. */
  WebhookPaused: Record<string, never>;
  /** It goes on where it was, or after the position `after` if that is not null. */
  WebhookResumed: { after: number | null };
  /** The service gave up: the endpoint said that it is gone (410), or it has failed for days. Resumed like a paused one. */
  WebhookDisabled: { reason: 'gone' | 'failing'; detail: string };
  /** Until `previousUntil` (ISO 8601, UTC) requests are signed with the secret before, too; null: at once no longer. */
  WebhookSecretRotated: { secret: SealedText; previousUntil: string | null };
  /** A sample was sent to see whether it arrives. */
  WebhookTested: {
    noticeType: string;
    status: number | null;
    error: string | null;
    milliseconds: number;
    excerpt: string | null;
  };
  RedeliveryRequested: Redelivered;
  /** It is gone for its users. What it was told stays on record. */
  WebhookDeleted: Record<string, never>;
  /** A request with an Idempotency-Key changed nothing: this remembers that it was answered. */
  NothingChanged: Record<string, never>;
}

/** The wire names of the events in a webhook's stream. They never change. */
export type WebhookEventType = keyof Facts;

/** Everything that can happen to a webhook. `at` is when, in milliseconds since the epoch. */
export type WebhookEvent = {
  [Type in WebhookEventType]: {
    readonly type: Type;
    readonly data: Readonly<Facts[Type]>;
    readonly at: number;
  };
}[WebhookEventType];
