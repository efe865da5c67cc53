import { liveWebhook } from '../../../domain/webhook/webhook.js';
import type { Webhook } from '../../../domain/webhook/webhook.js';
import type { Revision } from '../../ports/event-store.js';
import type { WebhookView } from './subscriber-views.js';

/**
 * A webhook as it is shown.
 *
 * @param revision of the newest event in its stream
 * @returns undefined when it was deleted or never made
 */
export function webhookView(id: string, webhook: Webhook, revision: Revision): WebhookView | undefined {
  const live = liveWebhook(webhook);
  if (live === undefined) return undefined;
  const { settings, status, after, secrets, disabled, createdAt, updatedAt } = live;
  return { id, ...settings, status, after, secrets, disabled, createdAt, updatedAt, revision };
}
