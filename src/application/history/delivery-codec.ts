import type { DeliveryEvent, DeliveryEventType } from '../../domain/delivery/events.js';
import type { JsonObject, RecordedEvent } from '../ports/event-store.js';
import { decodeMetadata } from './event-metadata.js';

/** Streams of what webhooks were told: `webhookDeliveries-<id of the webhook>`. */
export const deliveriesPrefix = 'webhookDeliveries-';

/** Apart from the webhook's own stream: only the dispatcher writes here, so that it notices when another one does. */
export function deliveriesStream(webhookId: string): string {
  return deliveriesPrefix + webhookId;
}

/** The id of the webhook that was told what a stream holds. */
export function toldWebhookOf(stream: string): string {
  return stream.slice(deliveriesPrefix.length);
}

const knownTypes: ReadonlySet<string> = new Set<DeliveryEventType>([
  'DeliveryAttempted',
  'DeliveriesPassed',
  'CircuitOpened',
  'CircuitClosed',
]);

/** The one place that turns stored JSON into an event of a webhook's deliveries. */
export function decodeDeliveryEvent(event: RecordedEvent): DeliveryEvent {
  if (!knownTypes.has(event.type)) {
    throw new Error(`${event.stream} holds an event of the unknown type ${event.type}`);
  }
  const at = Date.parse(decodeMetadata(event.metadata).happenedAt);
  return { type: event.type, data: event.data, at } as unknown as DeliveryEvent;
}

/** An event as it is stored; when it happened is in its metadata. */
export function encodeDeliveryEvent({ type, data }: DeliveryEvent): {
  readonly type: string;
  readonly data: JsonObject;
} {
  return { type, data: { ...data } };
}
