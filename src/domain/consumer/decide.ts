import { assertNever } from '../decider.js';
import { isSameFilter } from '../notices/same-filter.js';
import type { ConsumerCommand, ConsumerCommandOf } from './commands.js';
import type { Consumer, PresentConsumer } from './consumer.js';
import { acknowledgementLeavesGap, consumerDiffers, consumerNotFound } from './errors.js';
import type { ConsumerEvent } from './events.js';

/**
 * What a command brings about. No events: it changes nothing.
 *
 * @throws RegistryError when a rule refuses it.
 */
export function decide(consumer: Consumer, command: ConsumerCommand): readonly ConsumerEvent[] {
  const { at } = command;
  if (command.type === 'CreateConsumer') return create(consumer, command);
  const present = existing(consumer, command.name);
  switch (command.type) {
    case 'AcknowledgeNotices':
      return acknowledge(present, command);
    case 'SeekConsumer': {
      const { position } = command;
      const from = present.checkpoint;
      return position === from ? [] : [{ type: 'ConsumerSought', data: { from, position }, at }];
    }
    case 'PauseConsumer':
      return present.paused ? [] : [{ type: 'ConsumerPaused', data: {}, at }];
    case 'ResumeConsumer':
      return present.paused ? [{ type: 'ConsumerResumed', data: {}, at }] : [];
    case 'DeleteConsumer':
      return [{ type: 'ConsumerDeleted', data: {}, at }];
    default:
      return assertNever(command);
  }
}

/** Where to start is said to a consumer that is made; it says nothing about one that is there. */
function create(consumer: Consumer, command: ConsumerCommandOf<'CreateConsumer'>): readonly ConsumerEvent[] {
  const { name, description, filter, after, at } = command;
  if (consumer.status === 'absent') {
    return [{ type: 'ConsumerCreated', data: { name, description, filter, after }, at }];
  }
  const isSame = consumer.description === description && isSameFilter(consumer.filter, filter);
  if (!isSame) throw consumerDiffers(name);
  return [];
}

/** Workers acknowledge in no order: what is behind the checkpoint has been dealt with already. */
function acknowledge(
  { name, checkpoint }: PresentConsumer,
  { position, after, at }: ConsumerCommandOf<'AcknowledgeNotices'>,
): readonly ConsumerEvent[] {
  if (position <= checkpoint) return [];
  if (after !== null && after > checkpoint) throw acknowledgementLeavesGap(name, checkpoint, after);
  return [{ type: 'ConsumerAcknowledged', data: { position }, at }];
}

function existing(consumer: Consumer, name: string): PresentConsumer {
  if (consumer.status === 'absent') throw consumerNotFound(name);
  return consumer;
}
