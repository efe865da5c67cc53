import type { NewWebhook } from '../../../application/commands/webhooks/create-webhook.js';
import { GivenSecret } from '../../../application/commands/webhooks/given-secret.js';
import type { SecretWish } from '../../../application/commands/webhooks/given-secret.js';
import { everyNotice } from '../../../domain/notices/notice-filter.js';
import type { WebhookSettings } from '../../../domain/webhook/events.js';
import { invalidParameter } from '../problems/problem.js';
import type { CreateWebhookRequest, UpdateWebhookRequest } from './webhook.requests.js';

/**
 * The webhook that a request wants.
 *
 * @throws Problem INVALID_PARAMETER_VALUE when it brings a secret and wants nothing signed.
 */
export function newWebhookOf(asked: CreateWebhookRequest): NewWebhook {
  const { name, url, description = '', format, filter = everyNotice, startFrom, status } = asked;
  const settings = { name, description: textOrNull(description), url, format, filter };
  return { settings, startFrom, secret: secretOf(asked), status };
}

/** The settings that a request names. */
export function changesOf(asked: UpdateWebhookRequest): Partial<WebhookSettings> {
  const { name, url, description, format, filter } = asked;
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description: textOrNull(description) }),
    ...(format === undefined ? {} : { format }),
    ...(filter === undefined ? {} : { filter }),
  };
}

function secretOf({ secret, signed }: CreateWebhookRequest): SecretWish {
  if (signed) return secret === undefined ? 'generated' : new GivenSecret(secret);
  if (secret === undefined) return 'none';
  throw invalidParameter('secret', 'There is no use for a secret when signed is false.', 'body');
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
