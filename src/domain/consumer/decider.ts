import type { Decider } from '../decider.js';
import type { ConsumerCommand } from './commands.js';
import { absent } from './consumer.js';
import type { Consumer } from './consumer.js';
import { decide } from './decide.js';
import type { ConsumerEvent } from './events.js';
import { evolve } from './evolve.js';

/** The rules of a named consumer. */
export const consumerDecider: Decider<Consumer, ConsumerCommand, ConsumerEvent> = {
  initialState: absent,
  decide,
  evolve,
};
