import {
  boolean,
  described,
  integer,
  list,
  nullable,
  object,
  ref,
  string,
  time,
} from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';

/** What the routes of consumers answer with. */
export const consumerSchemas: Readonly<Record<string, JsonSchema>> = {
  Consumer: object({
    name: string,
    description: nullable(string),
    filter: described(ref('EventFilter'), 'Which events it is given.'),
    checkpoint: described(integer, 'Everything up to this position has been dealt with, or is passed over.'),
    paused: boolean,
    createdAt: time,
    acknowledgedAt: nullable(time, 'When the checkpoint last moved; null for never.'),
  }),
  ConsumerAnswer: object({ consumer: ref('Consumer') }),
  ConsumerWithLag: object({
    consumer: ref('Consumer'),
    lag: object(
      {
        pending: described(integer, 'Events that it wants and has not acknowledged.'),
        atLeast: described(boolean, 'Whether there are more, or may be: it was not counted any further.'),
        seconds: described(integer, 'How long ago the oldest of them was recorded; 0 when there is none.'),
      },
      'How far it is behind.',
    ),
  }),
  ConsumerList: object({ items: list(ref('Consumer'), 'By name, in byte order.') }),
  ConsumerEventPage: object({
    items: list(ref('CloudEvent'), 'In log order.'),
    position: described(integer, 'Everything up to here has been looked at: what to acknowledge.'),
    checkpoint: described(integer, 'Where the consumer was when this was read.'),
    paused: described(boolean, 'Whether it is given nothing for that.'),
  }),
};
