import type { Webhook } from '../../domain/webhook/webhook.js';
import type { JsonObject } from '../ports/event-store.js';

/** Raised whenever the state of a webhook changes its shape: older snapshots are then not used. */
const shape = 1;

/** The state of a webhook as JSON, which it is. */
export function webhookToSnapshot(webhook: Webhook): JsonObject {
  return { shape, webhook };
}

/** The state that {@link webhookToSnapshot} wrote; undefined when another version of the service wrote it. */
export function webhookFromSnapshot(json: JsonObject): Webhook | undefined {
  return json['shape'] === shape ? (json['webhook'] as Webhook) : undefined;
}
