import type { Webhook } from '../../../domain/webhook/webhook.js';
import type { Revision } from '../../ports/event-store.js';
import type { WebhookView } from '../../queries/subscribers/subscriber-views.js';
import { webhookView } from '../../queries/subscribers/webhook-view.js';

/** The webhook right after a command that left it there. One that is yet to be would begin at revision 0. */
export function answerWebhook(id: string): (webhook: Webhook, revision: Revision | undefined) => WebhookView {
  return (webhook, revision) => {
    const view = webhookView(id, webhook, revision ?? 0);
    if (view === undefined) throw new Error(`A command on the webhook ${id} left none`);
    return view;
  };
}
