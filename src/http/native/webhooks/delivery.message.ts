import type { AttemptView, DeliveryView } from '../../../application/queries/subscribers/subscriber-views.js';
import type { DeliveredNotice } from '../../../domain/delivery/events.js';
import { iso, isoOrNull } from '../messages/iso.js';

/** What became of one event for one webhook. Nothing is tried again while the webhook is not active. */
export function deliveryMessage(delivery: DeliveryView, isActive: boolean) {
  const { notice, state, attempts, redelivery, lastStatus, lastError } = delivery;
  return {
    event: noticeMessage(notice),
    state,
    attempts,
    nextAttemptAt: isActive ? isoOrNull(delivery.nextAttemptAt) : null,
    lastAttemptAt: isoOrNull(delivery.lastAttemptAt),
    lastStatus,
    lastError,
    redelivery,
  };
}

/** A line of the delivery log. */
export function attemptMessage(attempt: AttemptView) {
  const { notice, position, at, redelivery, outcome, status, error, milliseconds, excerpt } = attempt;
  return {
    event: noticeMessage(notice),
    position,
    attempt: attempt.attempt,
    at: iso(at),
    outcome,
    status,
    error,
    milliseconds,
    excerpt,
    redelivery,
  };
}

export function noticeMessage({ id, type, position, modelId, model, version }: DeliveredNotice) {
  return { id, type, position, model: { id: modelId, name: model }, version };
}
