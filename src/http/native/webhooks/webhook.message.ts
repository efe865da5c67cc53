import type {
  DeliveryProgress,
  WebhookView,
} from '../../../application/queries/subscribers/subscriber-views.js';
import { withoutCredentials } from '../../../domain/webhook/url-credentials.js';
import { iso, isoOrNull } from '../messages/iso.js';

/**
 * A webhook as the native API shows it: whether it is signed, and never with what.
 *
 * @param progress undefined when nothing is known of its deliveries
 * @param now by which time it is said which secrets are live
 */
export function webhookMessage(webhook: WebhookView, progress: DeliveryProgress | undefined, now: number) {
  const { id, name, description, url, format, filter, mlflowEvents } = webhook;
  const { status, disabled, after, revision } = webhook;
  return {
    id,
    name,
    description,
    url: withoutCredentials(url),
    format,
    filter,
    ...(mlflowEvents && { mlflowEvents }),
    status,
    disabled,
    signing: signingMessage(webhook, now),
    startedAfter: after,
    delivery: progress ? progressMessage(progress) : null,
    revision,
    createdAt: iso(webhook.createdAt),
    updatedAt: iso(webhook.updatedAt),
  };
}

function signingMessage({ secrets }: WebhookView, now: number) {
  const live = secrets.filter(({ until }) => until === null || until > now);
  const previous = live.find(({ until }) => until !== null);
  return {
    signed: live.length > 0,
    secrets: live.length,
    previousUntil: isoOrNull(previous?.until),
  };
}

function progressMessage(progress: DeliveryProgress) {
  const { through, open, parked, circuitOpenUntil, lastDeliveredAt, lastFailedAt } = progress;
  return {
    through,
    open,
    parked,
    circuitOpenUntil: isoOrNull(circuitOpenUntil),
    lastDeliveredAt: isoOrNull(lastDeliveredAt),
    lastFailedAt: isoOrNull(lastFailedAt),
  };
}
