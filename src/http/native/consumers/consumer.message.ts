import type { ConsumerLag } from '../../../application/consuming/consumer-lags.js';
import type { ConsumerView } from '../../../application/queries/subscribers/subscriber-views.js';
import { iso, isoOrNull } from '../messages/iso.js';

export function consumerMessage(consumer: ConsumerView) {
  const { name, description, filter, checkpoint, paused, createdAt, acknowledgedAt } = consumer;
  return {
    name,
    description,
    filter,
    checkpoint,
    paused,
    createdAt: iso(createdAt),
    acknowledgedAt: isoOrNull(acknowledgedAt),
  };
}

/** @param now in milliseconds since the epoch */
export function lagMessage({ pending, isAtLeast, oldestRecordedAt }: ConsumerLag, now: number) {
  return {
    pending,
    atLeast: isAtLeast,
    seconds: oldestRecordedAt === null ? 0 : Math.max(0, Math.round((now - oldestRecordedAt) / 1_000)),
  };
}
