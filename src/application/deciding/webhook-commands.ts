import type { WebhookCommand } from '../../domain/webhook/commands.js';
import { webhookDecider } from '../../domain/webhook/decider.js';
import type { WebhookEvent } from '../../domain/webhook/events.js';
import type { Webhook } from '../../domain/webhook/webhook.js';
import { decodeWebhookEvent } from '../history/webhook-codec.js';
import { webhookFromSnapshot, webhookToSnapshot } from '../history/webhook-snapshot.js';
import { SubscriberCommands } from './subscriber-commands.js';
import type { SubscriberKind, SubscriberServices } from './subscriber-commands.js';

const webhookStreams: SubscriberKind<Webhook, WebhookCommand, WebhookEvent> = {
  noun: 'webhook',
  decider: webhookDecider,
  decode: decodeWebhookEvent,
  weightOf: () => 1,
  toSnapshot: webhookToSnapshot,
  fromSnapshot: webhookFromSnapshot,
  nothingChanged: (at) => ({ type: 'NothingChanged', data: {}, at }),
};

/** Decides commands to webhooks. */
export class WebhookCommands extends SubscriberCommands<Webhook, WebhookCommand, WebhookEvent> {
  constructor(services: SubscriberServices) {
    super(webhookStreams, services);
  }
}
