import type {
  ConsumerCommand,
  ConsumerCommandOf,
  ConsumerCommandType,
} from '../../src/domain/consumer/commands.js';
import { consumerDecider } from '../../src/domain/consumer/decider.js';
import type { ConsumerEvent, ConsumerEventType } from '../../src/domain/consumer/events.js';
import { everyNotice } from '../../src/domain/notices/notice-filter.js';
import { specify } from './decider-spec.js';

/** Short words for what happens to a consumer called deployer, at noon. */
export const noon = Date.UTC(2026, 0, 1, 12);

export const given = specify(consumerDecider);

type DataOf<Type extends ConsumerEventType> = Extract<ConsumerEvent, { type: Type }>['data'];

function event<Type extends ConsumerEventType>(type: Type, data: DataOf<Type>): ConsumerEvent {
  return { type, data, at: noon } as unknown as ConsumerEvent;
}

export function created(data: Partial<DataOf<'ConsumerCreated'>> = {}): ConsumerEvent {
  return event('ConsumerCreated', {
    name: 'deployer',
    description: null,
    filter: everyNotice,
    after: 10,
    ...data,
  });
}

export function acknowledged(position: number): ConsumerEvent {
  return event('ConsumerAcknowledged', { position });
}

export function sought(from: number, position: number): ConsumerEvent {
  return event('ConsumerSought', { from, position });
}

export const paused = event('ConsumerPaused', {});
export const resumed = event('ConsumerResumed', {});
export const deleted = event('ConsumerDeleted', {});

const unsaid = {
  CreateConsumer: { description: null, filter: everyNotice, after: 10 },
  AcknowledgeNotices: { position: 20, after: null },
  SeekConsumer: { position: 20 },
  PauseConsumer: {},
  ResumeConsumer: {},
  DeleteConsumer: {},
} as const;

export const commandTypes = Object.keys(unsaid) as readonly ConsumerCommandType[];

/** A command with what matters in it. */
export function command<Type extends ConsumerCommandType>(
  type: Type,
  said: Partial<Omit<ConsumerCommandOf<Type>, 'type'>> = {},
): ConsumerCommand {
  return { type, name: 'deployer', ...unsaid[type], ...said, at: noon } as unknown as ConsumerCommand;
}
