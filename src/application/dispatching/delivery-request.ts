import { createHash } from 'node:crypto';
import { assertNever } from '../../domain/decider.js';
import type { CloudEvent } from '../notices/cloud-event.js';
import { mlflowBody } from '../notices/mlflow-payload.js';
import type { MlflowPayload } from '../notices/mlflow-payload.js';
import type { WebhookRequest } from '../ports/webhook-sender.js';
import { uuidOfHash } from '../uuid-of-hash.js';
import { binaryMessage, structuredMessage } from './cloudevents-message.js';
import type { Message } from './cloudevents-message.js';
import { mlflowHeaders } from './mlflow-signature.js';
import { standardWebhooksHeaders } from './standard-webhooks-signature.js';

/** What a webhook is told, in its format. */
export type DeliveryContent =
  | { readonly format: 'cloudevents' | 'cloudevents-binary'; readonly event: CloudEvent }
  | { readonly format: 'mlflow'; readonly payload: MlflowPayload };

/** One attempt to tell it. */
export interface DeliveryAttempt {
  /** See {@link deliveryId}. */
  readonly id: string;
  readonly url: string;
  /** Opened, all that are live, the newest first; none when the webhook has none. */
  readonly secrets: readonly string[];
  /** When it is made, in milliseconds since the epoch. */
  readonly at: number;
  /** From 1. */
  readonly attempt: number;
  /** Somebody asked for it to be told once more. */
  readonly isRedelivery: boolean;
}

/**
 * The request of an attempt, signed: with the headers of Standard Webhooks in every format, with MLflow's besides in
 * MLflow's, and with `annals-attempt` and `annals-redelivery: true`, which are not signed.
 */
export function deliveryRequest(content: DeliveryContent, delivery: DeliveryAttempt): WebhookRequest {
  const { id, url, secrets, at, attempt, isRedelivery } = delivery;
  const { headers, body } = messageOf(content);
  const signed = { id, timestamp: Math.floor(at / 1_000), body };
  return {
    url,
    headers: {
      ...headers,
      ...standardWebhooksHeaders(signed, secrets),
      ...(content.format === 'mlflow' && mlflowHeaders({ ...signed, id: mlflowDeliveryId(id) }, secrets)),
      'annals-attempt': String(attempt),
      ...(isRedelivery && { 'annals-redelivery': 'true' }),
    },
    body,
  };
}

/**
 * The id of a notice for a webhook, by which its receiver knows repetitions: the same in every retry and redelivery, and
 * another one for another webhook, which may have the same receiver. Without a full stop, as Standard Webhooks wants it.
 */
export function deliveryId(webhookId: string, noticeId: string): string {
  return `${webhookId}_${noticeId.replaceAll('.', '_')}`;
}

/** The same as a UUID, which MLflow's receivers expect. */
function mlflowDeliveryId(id: string): string {
  return uuidOfHash(createHash('sha256').update(id).digest('hex'));
}

function messageOf(content: DeliveryContent): Message {
  switch (content.format) {
    case 'cloudevents':
      return structuredMessage(content.event);
    case 'cloudevents-binary':
      return binaryMessage(content.event);
    case 'mlflow':
      return { headers: { 'content-type': 'application/json' }, body: mlflowBody(content.payload) };
    default:
      return assertNever(content);
  }
}
