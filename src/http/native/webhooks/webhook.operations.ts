import { json } from '../openapi/answer-types.js';
import type { Operation } from '../openapi/operation.js';
import { described, integer, string } from '../openapi/schema-words.js';
import { NoParameters } from '../requests/problem.requests.js';
import {
  AttemptsRequest,
  DeliveriesRequest,
  NoticeAttemptsRequest,
  RedeliveryRequest,
  ToldRequest,
} from './delivery.requests.js';
import {
  CreateWebhookRequest,
  ResumeWebhookRequest,
  RotateSecretRequest,
  UpdateWebhookRequest,
  WebhookRequest,
} from './webhook.requests.js';

const tag = 'Webhooks';
const missing = ['RESOURCE_DOES_NOT_EXIST'] as const;
const refusals = [
  ...missing,
  'RESOURCE_CONFLICT',
  'FEATURE_DISABLED',
  'PRECONDITION_FAILED',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

const etag = {
  ETag: {
    description: 'Of the settings, for `If-Match`: the id and the revision of the webhook.',
    schema: string,
  },
};
const pages = {
  'x-as-of-position': {
    description: 'The position of the log as of which the answer is.',
    schema: integer,
  },
  Link: { description: 'The next page of a list, as `rel="next"`.', schema: string },
};
const location = { Location: { description: 'Where the webhook is.', schema: described(string, 'A path.') } };

const write = { method: 'post', tag, problems: refusals } as const;
const read = { method: 'get', tag, problems: missing } as const;

const settings: readonly Operation[] = [
  {
    ...write,
    path: '/webhooks',
    id: 'createWebhook',
    summary: 'Begins to tell an endpoint what it wants to know',
    request: CreateWebhookRequest,
    success: 201,
    answers: json('WebhookChange'),
    headers: { ...etag, ...location },
    problems: [...refusals, 'RESOURCE_ALREADY_EXISTS'],
  },
  {
    ...read,
    path: '/webhooks',
    id: 'listWebhooks',
    summary: 'All webhooks, the newest first',
    request: NoParameters,
    answers: json('WebhookList'),
    problems: [],
  },
  {
    ...read,
    path: '/webhooks/{webhook}',
    id: 'getWebhook',
    summary: 'One webhook: its settings, and how far it has been told',
    request: WebhookRequest,
    answers: json('WebhookAnswer'),
    headers: etag,
  },
  {
    ...write,
    method: 'patch',
    path: '/webhooks/{webhook}',
    id: 'updateWebhook',
    summary: 'Changes the settings that are named',
    request: UpdateWebhookRequest,
    answers: json('WebhookChange'),
    headers: etag,
  },
  {
    ...write,
    path: '/webhooks/{webhook}/pause',
    id: 'pauseWebhook',
    headers: etag,
    summary: 'Sends nothing until it is resumed; nothing is lost',
    request: WebhookRequest,
    answers: json('WebhookAnswer'),
  },
  {
    ...write,
    path: '/webhooks/{webhook}/resume',
    id: 'resumeWebhook',
    headers: etag,
    summary: 'Goes on with one that was paused or disabled',
    request: ResumeWebhookRequest,
    answers: json('WebhookAnswer'),
  },
  {
    ...write,
    path: '/webhooks/{webhook}/rotate-secret',
    id: 'rotateWebhookSecret',
    headers: etag,
    summary: 'Signs with another secret, and for a while with the one before, too',
    request: RotateSecretRequest,
    answers: json('WebhookSecretAnswer'),
  },
  {
    ...write,
    path: '/webhooks/{webhook}/test',
    id: 'testWebhook',
    summary: 'Sends a sample, also to one that is paused, and says what came of it',
    request: WebhookRequest,
    answers: json('WebhookTestAnswer'),
  },
  {
    ...write,
    method: 'delete',
    path: '/webhooks/{webhook}',
    id: 'deleteWebhook',
    summary: 'Tells an endpoint nothing more; what it was told stays on record',
    request: WebhookRequest,
    success: 204,
    answers: {},
  },
];

const deliveries: readonly Operation[] = [
  {
    ...read,
    path: '/webhooks/{webhook}/deliveries',
    id: 'listDeliveries',
    summary: 'What became of each event, the newest first',
    request: DeliveriesRequest,
    answers: json('DeliveryPage'),
    headers: pages,
  },
  {
    ...read,
    path: '/webhooks/{webhook}/attempts',
    id: 'listAttempts',
    summary: 'The delivery log: every request, the newest first',
    request: AttemptsRequest,
    answers: json('AttemptPage'),
    headers: pages,
  },
  {
    ...read,
    path: '/webhooks/{webhook}/deliveries/{notice}/attempts',
    id: 'listDeliveryAttempts',
    summary: 'Every request for one event, the newest first',
    request: NoticeAttemptsRequest,
    answers: json('AttemptPage'),
    headers: pages,
  },
  {
    ...write,
    path: '/webhooks/{webhook}/redeliveries',
    id: 'redeliver',
    summary: 'Delivers once more: one event, a range, or all that was given up since a time',
    request: RedeliveryRequest,
    answers: json('RedeliveryAnswer'),
  },
  {
    ...read,
    path: '/audit/{event}/deliveries',
    id: 'listDeliveriesOfEvent',
    tag: 'Audit',
    summary: 'Which webhooks were told of an event, when and with what answer, and which are still to be',
    request: ToldRequest,
    answers: json('ToldAnswer'),
    problems: ['INVALID_MOMENT', 'RESOURCE_DOES_NOT_EXIST'],
  },
];

/** The routes of webhooks. */
export const webhookOperations: readonly Operation[] = [...settings, ...deliveries];
