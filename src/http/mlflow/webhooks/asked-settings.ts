import { invalidParameter } from '../../../domain/registry-error.js';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import { filterOf } from '../../../domain/webhook/mlflow-subscription.js';
import { withoutCredentials } from '../../../domain/webhook/url-credentials.js';
import type { CreateWebhookRequest, UpdateWebhookRequest } from '../requests/webhook.requests.js';
import { readEvents } from './event-message.js';
import { webhookName } from './webhook-name.js';

/**
 * The settings of a new webhook. Whether its URL may be called is for others to say.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function newSettings(request: CreateWebhookRequest): WebhookSettings {
  const mlflowEvents = readEvents(request.events);
  const name = webhookName(request.name);
  if (mlflowEvents.length === 0) {
    throw invalidParameter('Webhook events must be a non-empty list of WebhookEvent objects: [].');
  }
  const { url, description } = request;
  const filter = filterOf(mlflowEvents);
  return { name, description: description || null, url, format: 'mlflow', filter, mlflowEvents };
}

/**
 * What a request changes. Conditions that MLflow does not know stay as they are, and so does a URL that is sent as it was
 * told, without the user and password that it has.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function changedSettings(
  request: UpdateWebhookRequest,
  { filter, url: known }: Pick<WebhookSettings, 'filter' | 'url'>,
): Partial<WebhookSettings> {
  const { name, description, url } = request;
  const mlflowEvents = readEvents(request.events);
  return {
    ...(name !== '' && { name: webhookName(name) }),
    ...(description !== undefined && { description: description || null }),
    ...(url !== '' && url !== withoutCredentials(known) && { url }),
    ...(mlflowEvents.length > 0 && {
      mlflowEvents,
      filter: { ...filter, types: filterOf(mlflowEvents).types },
    }),
  };
}
