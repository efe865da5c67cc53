import { assertNever } from '../decider.js';
import { isSameFilter } from '../notices/same-filter.js';
import { RefusedParameterError } from '../refused-parameter-error.js';
import type { WebhookCommand, WebhookCommandOf } from './commands.js';
import { webhookExists, webhookNotFound } from './errors.js';
import type { Redelivered, WebhookEvent, WebhookSettings } from './events.js';
import { mlflowEventsOf } from './mlflow-subscription.js';
import { liveWebhook } from './webhook.js';
import type { LiveWebhook, Webhook } from './webhook.js';

const maxNameLength = 256;

/**
 * What a command brings about. No events: it changes nothing.
 *
 * @throws RegistryError when a rule refuses it.
 */
export function decide(webhook: Webhook, command: WebhookCommand): readonly WebhookEvent[] {
  if (command.type === 'CreateWebhook') return create(webhook, command);
  const live = liveWebhook(webhook);
  if (live === undefined) throw webhookNotFound(command.webhookId);
  const { at } = command;
  switch (command.type) {
    case 'UpdateWebhook':
      return update(live, command);
    case 'PauseWebhook':
      return pause(live, at);
    case 'ResumeWebhook':
      return resume(live, command.after, at);
    case 'DisableWebhook': {
      const { reason, detail } = command;
      return live.status === 'disabled' ? [] : [{ type: 'WebhookDisabled', data: { reason, detail }, at }];
    }
    case 'RotateWebhookSecret':
      return rotate(live, command);
    case 'RecordWebhookTest': {
      const { noticeType, status, error, milliseconds, excerpt } = command;
      return [{ type: 'WebhookTested', data: { noticeType, status, error, milliseconds, excerpt }, at }];
    }
    case 'RequestRedelivery':
      refuseEmptyRange(command.redelivered);
      return [{ type: 'RedeliveryRequested', data: command.redelivered, at }];
    case 'DeleteWebhook':
      return [{ type: 'WebhookDeleted', data: {}, at }];
    default:
      return assertNever(command);
  }
}

function create(webhook: Webhook, command: WebhookCommandOf<'CreateWebhook'>): readonly WebhookEvent[] {
  const { webhookId, settings, after, secret, status, at } = command;
  if (webhook.status !== 'none') throw webhookExists(webhookId);
  refuseInvalid(settings);
  return [{ type: 'WebhookCreated', data: { ...settings, after, secret, status }, at }];
}

function update(live: LiveWebhook, command: WebhookCommandOf<'UpdateWebhook'>): readonly WebhookEvent[] {
  const { changes, status, after = null, secret, at } = command;
  const settings: WebhookSettings = { ...live.settings, ...changes };
  refuseInvalid(settings);
  return [
    ...(isSame(settings, live.settings) ? [] : [{ type: 'WebhookUpdated', data: settings, at } as const]),
    ...(secret === undefined
      ? []
      : [{ type: 'WebhookSecretRotated', data: { secret, previousUntil: null }, at } as const]),
    ...(status === 'paused' ? pause(live, at) : []),
    ...(status === 'active' ? resume(live, after, at) : []),
  ];
}

function isSame(
  { filter, ...one }: WebhookSettings,
  { filter: otherFilter, ...other }: WebhookSettings,
): boolean {
  return isSameFilter(filter, otherFilter) && JSON.stringify(one) === JSON.stringify(other);
}

/** One that the service has disabled is told nothing in any case, and why is worth more than that it is paused. */
function pause({ status }: LiveWebhook, at: number): readonly WebhookEvent[] {
  return status === 'active' ? [{ type: 'WebhookPaused', data: {}, at }] : [];
}

function resume({ status }: LiveWebhook, after: number | null, at: number): readonly WebhookEvent[] {
  return status === 'active' ? [] : [{ type: 'WebhookResumed', data: { after }, at }];
}

/** There is nothing to keep valid when its requests were not signed so far. */
function rotate(
  { secrets }: LiveWebhook,
  { secret, previousValidFor, at }: WebhookCommandOf<'RotateWebhookSecret'>,
): readonly WebhookEvent[] {
  const keepsPrevious = secrets.length > 0 && previousValidFor > 0;
  const previousUntil = keepsPrevious ? new Date(at + previousValidFor).toISOString() : null;
  return [{ type: 'WebhookSecretRotated', data: { secret, previousUntil }, at }];
}

function refuseInvalid(settings: WebhookSettings): void {
  refuseInvalidName(settings.name);
  refuseSilent(settings);
}

/** A webhook of MLflow's format that is told nothing for ever would not even be seen by MLflow's clients. */
function refuseSilent(settings: WebhookSettings): void {
  if (settings.format !== 'mlflow' || mlflowEventsOf(settings).length > 0) return;
  const { mlflowEvents } = settings;
  const known =
    mlflowEvents === undefined
      ? 'that MLflow knows'
      : `of MLflow that the webhook names (${mlflowEvents.join(', ')})`;
  throw new RefusedParameterError(
    'filter',
    `The filter keeps out all events ${known}: in the format mlflow, nothing would ever be sent.`,
  );
}

function refuseInvalidName(name: string): void {
  if (name.trim() !== '' && name.length <= maxNameLength) return;
  throw new RefusedParameterError(
    'name',
    `A webhook's name has to be text of 1 to ${maxNameLength} characters.`,
  );
}

function refuseEmptyRange(redelivered: Redelivered): void {
  if (!('from' in redelivered) || redelivered.from <= redelivered.to) return;
  throw new RefusedParameterError('to', 'A range of positions ends where it begins, or behind that.');
}
