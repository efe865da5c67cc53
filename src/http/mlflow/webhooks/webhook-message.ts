import type { WebhookView } from '../../../application/queries/subscribers/subscriber-views.js';
import { withoutCredentials } from '../../../domain/webhook/url-credentials.js';
import { mlflowEventsOf } from '../../../domain/webhook/mlflow-subscription.js';
import { eventMessage } from './event-message.js';

/**
 * MLflow's message `Webhook` (registry contract, "webhooks"), without what may not be told again: neither the secret nor
 * user and password in the URL. One that the service disabled is DISABLED, too.
 */
export function webhookMessage(view: WebhookView) {
  return {
    webhook_id: view.id,
    name: view.name,
    ...(view.description === null ? {} : { description: view.description }),
    url: withoutCredentials(view.url),
    events: mlflowEventsOf(view).map(eventMessage),
    status: view.status === 'active' ? 'ACTIVE' : 'DISABLED',
    creation_timestamp: view.createdAt,
    last_updated_timestamp: view.updatedAt,
  };
}

/** MLflow's clients fail on webhooks without events and on events that they do not know: they are not shown such ones. */
export function isKnownToMlflow(view: WebhookView): boolean {
  return mlflowEventsOf(view).length > 0;
}
