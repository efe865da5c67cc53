import { everyNotice } from '../../src/domain/notices/notice-filter.js';
import type {
  WebhookCommand,
  WebhookCommandOf,
  WebhookCommandType,
} from '../../src/domain/webhook/commands.js';
import { webhookDecider } from '../../src/domain/webhook/decider.js';
import type { WebhookEvent, WebhookEventType, WebhookSettings } from '../../src/domain/webhook/events.js';
import { specify } from './decider-spec.js';

/**
 * Short words for what happens to a webhook and what is asked of it. Where nothing else is said it tells everything to
 * `deployer`, and everything happens at noon.
 */
export const noon = Date.UTC(2026, 0, 1, 12);

export const webhookId = '0b6c5a52-6d1c-4d5e-9f49-0f6a4f2f4a01';

export const given = specify(webhookDecider);

export const settings: WebhookSettings = {
  name: 'deployer',
  description: null,
  url: 'https://deployer.example/hook',
  format: 'cloudevents',
  filter: everyNotice,
};

type DataOf<Type extends WebhookEventType> = Extract<WebhookEvent, { type: Type }>['data'];

export function event<Type extends WebhookEventType>(
  type: Type,
  data: DataOf<Type>,
  at = noon,
): WebhookEvent {
  return { type, data, at } as unknown as WebhookEvent;
}

export function created(data: Partial<DataOf<'WebhookCreated'>> = {}, at = noon): WebhookEvent {
  return event(
    'WebhookCreated',
    { ...settings, after: 7, secret: 'sealed-1', status: 'active', ...data },
    at,
  );
}

export function updated(changes: Partial<WebhookSettings>, at = noon): WebhookEvent {
  return event('WebhookUpdated', { ...settings, ...changes }, at);
}

export const paused = event('WebhookPaused', {});
export const resumed = event('WebhookResumed', { after: null });
export const disabled = event('WebhookDisabled', { reason: 'gone', detail: 'It answered 410.' });
export const deleted = event('WebhookDeleted', {});

export function rotated(secret: string, previousUntil: string | null): WebhookEvent {
  return event('WebhookSecretRotated', { secret, previousUntil });
}

const usual: {
  readonly [Type in WebhookCommandType]: Omit<WebhookCommandOf<Type>, 'type' | 'webhookId' | 'at'>;
} = {
  CreateWebhook: { settings, after: 7, secret: 'sealed-1', status: 'active' },
  UpdateWebhook: { changes: {}, status: null },
  PauseWebhook: {},
  ResumeWebhook: { after: null },
  DisableWebhook: { reason: 'gone', detail: 'It answered 410.' },
  RotateWebhookSecret: { secret: 'sealed-2', previousValidFor: 86_400_000 },
  RecordWebhookTest: { noticeType: 'sample', status: 200, error: null, milliseconds: 12, excerpt: 'ok' },
  RequestRedelivery: { redelivered: { noticeId: 'notice-1' } },
  DeleteWebhook: {},
};

export const commandTypes = Object.keys(usual) as readonly WebhookCommandType[];

export function command<Type extends WebhookCommandType>(
  type: Type,
  fields: Partial<WebhookCommandOf<Type>> = {},
): WebhookCommand {
  return { ...usual[type], type, webhookId, at: noon, ...fields } as unknown as WebhookCommand;
}
