import { webhookFormats } from '../../../domain/webhook/events.js';
import { mlflowEvents } from '../../../domain/webhook/mlflow-events.js';
import { page } from '../openapi/page.schema.js';
import {
  boolean,
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  optionally,
  ref,
  string,
  time,
  uuid,
} from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { deliveryStates } from './delivery.requests.js';

const redelivery = nullable(uuid, 'The event that asked for this to be delivered once more.');

const webhook = {
  id: uuid,
  name: string,
  description: nullable(string),
  url: described(string, 'Asterisks stand for user and password, if there are any.'),
  format: enumeration(...webhookFormats),
  filter: ref('EventFilter'),
  status: enumeration('active', 'paused', 'disabled'),
  disabled: nullable(
    object({ reason: enumeration('gone', 'failing'), detail: string }),
    'Why the service has given up; null unless it has.',
  ),
  signing: object({
    signed: described(boolean, 'Whether requests are signed. With what is shown once, when it is set.'),
    secrets: described(integer, 'With how many secrets: two for a while after a rotation.'),
    previousUntil: nullable(time, 'Until when the one before is good.'),
  }),
  startedAfter: described(integer, 'It is told what was recorded after this position.'),
  delivery: nullable(
    object({
      through: described(integer, 'Everything up to this position that it wants has been attempted.'),
      open: described(integer, 'How many events will be tried again.'),
      parked: described(integer, 'How many were given up.'),
      circuitOpenUntil: nullable(time, 'The endpoint fails: nothing is sent until then.'),
      lastDeliveredAt: nullable(time),
      lastFailedAt: nullable(time),
    }),
    'How far it has been told.',
  ),
  revision: described(integer, 'Place in the stream of the webhook, from 0: the ETag is made of it.'),
  createdAt: time,
  updatedAt: time,
};

const named = {
  mlflowEvents: list(
    enumeration(...mlflowEvents),
    "Which of MLflow's events it names, of a webhook that MLflow's API has made or changed: of what the filter lets " +
      'through it is told these alone.',
  ),
};

const preview = {
  wouldHaveMatched: nullable(
    integer,
    'How many events the filter would have let through of those that were looked at. Null when the history is behind.',
  ),
  lookedAt: nullable(integer, 'How many of the newest events were looked at.'),
  example: nullable(ref('CloudEvent'), 'The newest that it would have let through.'),
};

const deliveredEvent = object({
  id: described(string, 'The same for every attempt: `webhook-id`.'),
  type: string,
  position: integer,
  model: object({ id: uuid, name: string }),
  version: nullable(integer),
});

const attempt = object(
  {
    event: ref('DeliveredEvent'),
    position: described(integer, 'Of the event that recorded this attempt.'),
    attempt: described(integer, 'From 1; a redelivery counts from 1 again.'),
    at: time,
    outcome: described(
      enumeration('delivered', 'failed', 'parked'),
      '`parked`: it failed, and was given up.',
    ),
    status: nullable(integer, 'Of the HTTP answer; null when there was none.'),
    error: nullable(string, 'Why there was none.'),
    milliseconds: integer,
    excerpt: nullable(string, 'How the answer began.'),
    redelivery,
  },
  'One request, and what came of it.',
);

/** What the routes of webhooks answer with. */
export const webhookSchemas: Readonly<Record<string, JsonSchema>> = {
  Webhook: optionally(object(webhook), named),
  WebhookAnswer: object({ webhook: ref('Webhook') }),
  WebhookList: object({ items: list(ref('Webhook')) }),
  WebhookChange: {
    type: 'object',
    properties: {
      dryRun: boolean,
      webhook: optionally(
        object({ ...webhook, id: nullable(uuid, 'Null when nothing was created.') }),
        named,
      ),
      secret: nullable(string, 'What requests are signed with. It is shown this once.'),
      ...preview,
    },
    required: ['dryRun', 'webhook', ...Object.keys(preview)],
  },
  WebhookSecretAnswer: object({
    webhook: ref('Webhook'),
    secret: described(string, 'What requests are signed with. It is shown this once.'),
  }),
  WebhookTestAnswer: object({
    success: described(boolean, 'Whether the endpoint took it: it answered with a status of 200 to 299.'),
    type: described(string, 'Of the sample.'),
    status: nullable(integer, 'Of the HTTP answer; null when there was none.'),
    error: nullable(string, 'Why there was none.'),
    milliseconds: integer,
    excerpt: nullable(string, 'How the answer began.'),
  }),
  DeliveredEvent: deliveredEvent,
  Delivery: object(
    {
      event: ref('DeliveredEvent'),
      state: enumeration(...deliveryStates),
      attempts: described(integer, 'So far, redeliveries included.'),
      nextAttemptAt: nullable(time, 'Null also while the webhook is paused, disabled or deleted.'),
      lastAttemptAt: nullable(time),
      lastStatus: nullable(integer),
      lastError: nullable(string),
      redelivery,
    },
    'What became of one event.',
  ),
  Attempt: attempt,
  DeliveryPage: page('Delivery'),
  AttemptPage: page('Attempt'),
  RedeliveryAnswer: object({
    dryRun: boolean,
    deliveries: described(integer, 'How many events are delivered once more.'),
  }),
  ToldAnswer: object({
    eventId: uuid,
    position: integer,
    text: described(string, 'Who did what to what, in plain words.'),
    notices: list(object({ id: string, type: string }), 'What there is to tell of it.'),
    deliveries: list(
      object({
        webhook: object({ id: uuid, name: string, url: string, deleted: boolean }),
        noticeId: string,
        noticeType: string,
        state: described(
          enumeration(...deliveryStates, 'pending'),
          '`pending`: it is to be told, and nothing has been sent yet.',
        ),
        nextAttemptAt: nullable(time, 'Null also while the webhook is paused, disabled or deleted.'),
        attempts: list(ref('Attempt'), 'Oldest first.'),
      }),
      'By webhook and notice, in the order of their first attempts.',
    ),
    asOf: ref('AsOf'),
  }),
};
