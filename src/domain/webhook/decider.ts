import type { Decider } from '../decider.js';
import type { WebhookCommand } from './commands.js';
import { decide } from './decide.js';
import type { WebhookEvent } from './events.js';
import { evolve } from './evolve.js';
import { noWebhook } from './webhook.js';
import type { Webhook } from './webhook.js';

/** The rules of a webhook. */
export const webhookDecider: Decider<Webhook, WebhookCommand, WebhookEvent> = {
  initialState: noWebhook,
  decide,
  evolve,
};
