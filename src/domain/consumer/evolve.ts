import { assertNever } from '../decider.js';
import { absent } from './consumer.js';
import type { Consumer } from './consumer.js';
import type { ConsumerEvent } from './events.js';

/** Takes a recorded event into the state of its consumer. */
export function evolve(consumer: Consumer, event: ConsumerEvent): Consumer {
  const { at } = event;
  if (event.type === 'NothingChanged') return consumer;
  if (event.type === 'ConsumerCreated') {
    const { name, description, filter, after } = event.data;
    const unread = { checkpoint: after, paused: false, createdAt: at, acknowledgedAt: null };
    return { status: 'present', name, description, filter, ...unread };
  }
  if (consumer.status === 'absent')
    throw new Error(`${event.type} cannot be about a consumer that is not there`);
  switch (event.type) {
    case 'ConsumerAcknowledged':
    case 'ConsumerSought':
      return { ...consumer, checkpoint: event.data.position, acknowledgedAt: at };
    case 'ConsumerPaused':
      return { ...consumer, paused: true };
    case 'ConsumerResumed':
      return { ...consumer, paused: false };
    case 'ConsumerDeleted':
      return absent;
    default:
      return assertNever(event);
  }
}
