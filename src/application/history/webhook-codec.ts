/** Streams of webhooks: `webhook-<uuid>`. */
export const webhookPrefix = 'webhook-';

export function webhookStream(webhookId: string): string {
  return webhookPrefix + webhookId;
}
