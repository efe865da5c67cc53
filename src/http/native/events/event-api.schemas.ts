import { noticeTypes } from '../../../domain/notices/notice-type.js';
import {
  anyObject,
  described,
  enumeration,
  integer,
  list,
  object,
  ref,
  string,
} from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { noticeFilterSchema } from '../requests/notice-filter.js';
import { envelope, optionalAttributes } from './event-schema.js';

const attributes: Readonly<Record<string, JsonSchema>> = {
  ...envelope,
  type: enumeration(...noticeTypes),
  data: described(anyObject, 'What changed: the schema of its type says more.'),
};

/** What the routes of events answer with. */
export const eventApiSchemas: Readonly<Record<string, JsonSchema>> = {
  CloudEvent: {
    ...object(attributes, 'A CloudEvents 1.0 event.'),
    required: Object.keys(attributes).filter((name) => !optionalAttributes.includes(name)),
  },
  EventBatch: list(ref('CloudEvent'), 'A batch of CloudEvents.'),
  EventPage: object({
    items: list(ref('CloudEvent'), 'In log order.'),
    position: described(integer, 'Everything up to here has been looked at.'),
    next: described(string, 'Where to go on. It is always there: more may be recorded.'),
  }),
  EventFilter: {
    ...noticeFilterSchema(enumeration(...noticeTypes)),
    description: 'Which events a subscriber is told: all conditions hold, and null holds always.',
    required: ['types', 'model', 'from', 'to', 'tag'],
  },
  EventSchemas: object({
    items: list(
      object({
        type: enumeration(...noticeTypes),
        schema: described(string, 'Where its JSON Schema is.'),
        description: string,
      }),
      'In the order of the life of a model.',
    ),
  }),
};
