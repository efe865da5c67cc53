import { positionHeader } from '../answers.js';
import { mediaTypes } from '../formats/negotiation.js';
import type { Operation } from '../openapi/operation.js';
import { integer, string } from '../openapi/schema-words.js';
import { NoParameters } from '../requests/problem.requests.js';
import {
  EventRequest,
  EventsRequest,
  lastEventIdHeader,
  SchemaRequest,
  StreamRequest,
} from './event.requests.js';

const about = { method: 'get', tag: 'Events' } as const;

/** The routes of events. */
export const eventOperations: readonly Operation[] = [
  {
    ...about,
    path: '/events',
    id: 'listEvents',
    summary: 'What was recorded after a place, or what is recorded next',
    request: EventsRequest,
    answers: {
      [mediaTypes.json]: 'EventPage',
      [mediaTypes.batch]: 'EventBatch',
      [mediaTypes.ndjson]: 'CloudEvent',
    },
    headers: {
      [positionHeader]: { description: 'Everything up to here has been looked at.', schema: integer },
      Link: { description: 'Where to go on, as `rel="next"`.', schema: string },
    },
    problems: ['INVALID_MOMENT', 'NOT_ACCEPTABLE'],
  },
  {
    ...about,
    path: '/events/stream',
    id: 'streamEvents',
    summary:
      'What is recorded, as it is recorded: server-sent events, `id` the position and `data` the event',
    request: StreamRequest,
    requestHeaders: {
      [lastEventIdHeader]: {
        description:
          'Where to go on, in place of `after`: `id` of the last message, which clients send by themselves.',
        schema: { type: 'string', pattern: '^[0-9]{0,16}$' },
      },
    },
    answers: { [mediaTypes.stream]: null },
    problems: ['INVALID_MOMENT'],
  },
  {
    ...about,
    path: '/events/{id}',
    id: 'getEvent',
    summary: 'One event as subscribers are told it',
    request: EventRequest,
    answers: { [mediaTypes.cloudEvent]: 'CloudEvent' },
    problems: ['RESOURCE_DOES_NOT_EXIST'],
  },
  {
    ...about,
    path: '/schemas',
    id: 'listSchemas',
    summary: 'Every type of event',
    request: NoParameters,
    answers: { [mediaTypes.json]: 'EventSchemas' },
  },
  {
    ...about,
    path: '/schemas/{type}',
    id: 'getSchema',
    summary: 'The JSON Schema (2020-12) of the events of one type',
    request: SchemaRequest,
    answers: { [mediaTypes.schema]: null },
    problems: ['RESOURCE_DOES_NOT_EXIST'],
  },
  {
    ...about,
    path: '/asyncapi.json',
    id: 'getAsyncApi',
    summary: 'The AsyncAPI 3.0 document of the events',
    request: NoParameters,
    answers: { [mediaTypes.json]: null },
  },
];
