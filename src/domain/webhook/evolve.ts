import { assertNever } from '../decider.js';
import type { WebhookEvent } from './events.js';
import { liveWebhook } from './webhook.js';
import type { LiveWebhook, Webhook } from './webhook.js';

/** Takes a recorded event into the state. */
export function evolve(webhook: Webhook, event: WebhookEvent): Webhook {
  if (event.type === 'WebhookCreated') return created(event);
  const live = liveWebhook(webhook);
  return live === undefined ? webhook : changed(live, event);
}

function created({ data, at }: Extract<WebhookEvent, { type: 'WebhookCreated' }>): LiveWebhook {
  const { after, secret, status, ...settings } = data;
  return {
    status,
    settings,
    after,
    secrets: secret === null ? [] : [{ sealed: secret, until: null }],
    disabled: null,
    lastTest: null,
    createdAt: at,
    updatedAt: at,
  };
}

function changed(webhook: LiveWebhook, event: Exclude<WebhookEvent, { type: 'WebhookCreated' }>): Webhook {
  const touched = { ...webhook, updatedAt: event.at };
  switch (event.type) {
    case 'WebhookUpdated':
      return { ...touched, settings: event.data };
    case 'WebhookPaused':
      return { ...touched, status: 'paused' };
    case 'WebhookResumed':
      return { ...touched, status: 'active', disabled: null, after: event.data.after ?? webhook.after };
    case 'WebhookDisabled':
      return { ...touched, status: 'disabled', disabled: event.data };
    case 'WebhookSecretRotated':
      return { ...touched, secrets: rotated(webhook.secrets, event.data) };
    case 'WebhookDeleted':
      return { status: 'deleted' };
    case 'WebhookTested':
      return { ...webhook, lastTest: event.data };
    case 'RedeliveryRequested':
    case 'NothingChanged':
      return webhook;
    default:
      return assertNever(event);
  }
}

/** The one before the previous one is good for nothing any more: two keys live at most. */
function rotated(
  [previous]: LiveWebhook['secrets'],
  { secret, previousUntil }: Extract<WebhookEvent, { type: 'WebhookSecretRotated' }>['data'],
): LiveWebhook['secrets'] {
  const newest = { sealed: secret, until: null };
  if (previous === undefined || previousUntil === null) return [newest];
  return [newest, { sealed: previous.sealed, until: Date.parse(previousUntil) }];
}
