import type { WebhookEvent, WebhookEventType } from '../../domain/webhook/events.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { decodeMetadata } from './event-metadata.js';
import { UnknownEventTypeError } from './registered-model-codec.js';

/** Streams of webhooks: `webhook-<uuid>`. */
export const webhookPrefix = 'webhook-';

export function webhookStream(webhookId: string): string {
  return webhookPrefix + webhookId;
}

/** The id of the webhook that a stream belongs to. */
export function webhookIdOf(stream: string): string {
  return stream.slice(webhookPrefix.length);
}

const knownTypes: Readonly<Record<WebhookEventType, true>> = {
  WebhookCreated: true,
  WebhookUpdated: true,
  WebhookPaused: true,
  WebhookResumed: true,
  WebhookDisabled: true,
  WebhookSecretRotated: true,
  WebhookTested: true,
  RedeliveryRequested: true,
  WebhookDeleted: true,
  NothingChanged: true,
};

/**
 * The one place that turns stored JSON into an event of a webhook, in its newest shape.
 *
 * @throws UnknownEventTypeError
 */
export function decodeWebhookEvent(event: RecordedEvent): WebhookEvent {
  if (!Object.hasOwn(knownTypes, event.type)) throw new UnknownEventTypeError(event);
  const at = Date.parse(decodeMetadata(event.metadata).happenedAt);
  return { type: event.type, data: event.data, at } as unknown as WebhookEvent;
}
