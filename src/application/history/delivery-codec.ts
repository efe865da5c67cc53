/** Streams of what webhooks were told: `webhookDeliveries-<id of the webhook>`. */
export const deliveriesPrefix = 'webhookDeliveries-';

/** Apart from the webhook's own stream: only the dispatcher writes here, so that it notices when another one does. */
export function deliveriesStream(webhookId: string): string {
  return deliveriesPrefix + webhookId;
}
