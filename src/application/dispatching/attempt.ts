import type { DeliveredNotice, DeliveryEvent } from '../../domain/delivery/events.js';
import { isGone, verdictOn } from '../../domain/delivery/verdict.js';
import type { Notice } from '../notices/notice.js';
import { SecretUnreadableError } from '../ports/secret-box.js';
import type { WebhookAnswer } from '../ports/webhook-sender.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import type { DispatchingParts } from './dispatching-parts.js';

type Attempted = Extract<DeliveryEvent, { type: 'DeliveryAttempted' }>;

/** What is to be sent. */
export interface Due {
  readonly notice: Notice;
  /** From 1. */
  readonly attempt: number;
  /** Id of the event that asked for it, if somebody did. */
  readonly redelivery: string | null;
}

/** What came of it. */
export interface Outcome {
  readonly answer: WebhookAnswer;
  /** `through` is for the one to say who knows the rest. */
  readonly event: Omit<Attempted, 'data'> & { readonly data: Omit<Attempted['data'], 'through'> };
  readonly isGone: boolean;
}

/**
 * Sends one request. Undefined when it was cut off: then nobody knows whether it has arrived, and it has to be sent
 * again.
 */
export async function attemptDelivery(
  { requests, sender, timing, rules, observer }: DispatchingParts,
  webhook: WebhookView,
  { notice, attempt, redelivery }: Due,
  cut: AbortSignal,
): Promise<Outcome | undefined> {
  const answer = await send();
  if (cut.aborted && answer.status === null) return undefined;
  const verdict = verdictOn(answer, attempt, rules, timing.random());
  const { outcome } = verdict;
  const { status, error, milliseconds, excerpt } = answer;
  observer.attempted(outcome, milliseconds);
  const at = timing.now();
  const nextAttemptAt = outcome === 'failed' ? new Date(at + verdict.retryIn).toISOString() : null;
  return {
    answer,
    isGone: isGone(answer),
    event: {
      type: 'DeliveryAttempted',
      at,
      data: {
        notice: asDelivered(notice),
        attempt,
        redelivery,
        outcome,
        status,
        error,
        milliseconds: Math.round(milliseconds),
        excerpt,
        nextAttemptAt,
      },
    },
  };

  async function send(): Promise<WebhookAnswer> {
    if (!requests.canTell(notice, webhook))
      return unsent(`The format ${webhook.format} has no words for this.`);
    try {
      return await sender.send(requests.requestOf(notice, webhook, attempt, redelivery), cut);
    } catch (error) {
      if (error instanceof SecretUnreadableError) return unsent(error.message);
      throw error;
    }
  }
}

function unsent(error: string): WebhookAnswer {
  return { status: null, error, excerpt: null, retryAfter: null, milliseconds: 0 };
}

function asDelivered({ id, type, position, modelId, modelName, version }: Notice): DeliveredNotice {
  return { id, type, position, modelId, model: modelName, version };
}
