import { createHash } from 'node:crypto';
import type { ConsumerEvent, ConsumerEventType } from '../../domain/consumer/events.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { decodeMetadata } from './event-metadata.js';
import { UnknownEventTypeError } from './registered-model-codec.js';

/** Streams of named consumers: `consumer-<SHA-256 of the name>`. */
export const consumerPrefix = 'consumer-';

/** Its name is all that a consumer is: the stream of a name is that of everybody who ever had it. */
export function consumerStream(name: string): string {
  return consumerPrefix + createHash('sha256').update(name).digest('hex');
}

const knownTypes: Readonly<Record<ConsumerEventType, true>> = {
  ConsumerCreated: true,
  ConsumerAcknowledged: true,
  ConsumerSought: true,
  ConsumerPaused: true,
  ConsumerResumed: true,
  ConsumerDeleted: true,
  NothingChanged: true,
};

/**
 * The one place that turns stored JSON into an event of a named consumer.
 *
 * @throws UnknownEventTypeError
 */
export function decodeConsumerEvent(event: RecordedEvent): ConsumerEvent {
  if (!Object.hasOwn(knownTypes, event.type)) throw new UnknownEventTypeError(event);
  const at = Date.parse(decodeMetadata(event.metadata).happenedAt);
  return { type: event.type, data: event.data, at } as unknown as ConsumerEvent;
}
