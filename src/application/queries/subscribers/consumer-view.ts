import type { Consumer } from '../../../domain/consumer/consumer.js';
import type { Revision } from '../../ports/event-store.js';
import type { ConsumerView } from './subscriber-views.js';

/**
 * A consumer as it is shown.
 *
 * @param revision of the newest event in its stream
 * @returns undefined when there is none
 */
export function consumerView(consumer: Consumer, revision: Revision): ConsumerView | undefined {
  if (consumer.status === 'absent') return undefined;
  const { status: _, ...view } = consumer;
  return { ...view, revision };
}
