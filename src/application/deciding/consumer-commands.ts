import type { ConsumerCommand } from '../../domain/consumer/commands.js';
import type { Consumer } from '../../domain/consumer/consumer.js';
import { consumerDecider } from '../../domain/consumer/decider.js';
import type { ConsumerEvent } from '../../domain/consumer/events.js';
import { decodeConsumerEvent } from '../history/consumer-codec.js';
import { consumerFromSnapshot, consumerToSnapshot } from '../history/consumer-snapshot.js';
import { SubscriberCommands } from './subscriber-commands.js';
import type { SubscriberKind, SubscriberServices } from './subscriber-commands.js';

const consumerStreams: SubscriberKind<Consumer, ConsumerCommand, ConsumerEvent> = {
  noun: 'consumer',
  decider: consumerDecider,
  decode: decodeConsumerEvent,
  weightOf: () => 1,
  toSnapshot: consumerToSnapshot,
  fromSnapshot: consumerFromSnapshot,
  nothingChanged: (at) => ({ type: 'NothingChanged', data: {}, at }),
};

/** Decides commands to named consumers. */
export class ConsumerCommands extends SubscriberCommands<Consumer, ConsumerCommand, ConsumerEvent> {
  constructor(services: SubscriberServices) {
    super(consumerStreams, services);
  }
}
