import type { SealedText, WebhookEvent, WebhookSettings } from './events.js';

/** A secret that requests are signed with: until then only (milliseconds since the epoch), if `until` is not null. */
export interface WebhookSecret {
  readonly sealed: SealedText;
  readonly until: number | null;
}

/** What came of a sample that was sent. */
export type WebhookTest = Extract<WebhookEvent, { type: 'WebhookTested' }>['data'];

/** A webhook that was not deleted. */
export interface LiveWebhook {
  readonly status: 'active' | 'paused' | 'disabled';
  readonly settings: WebhookSettings;
  /** It is told what is recorded after this position, if it has not come further. */
  readonly after: number;
  /** The newest first, and at most the one before it; none when its requests are not signed. */
  readonly secrets: readonly WebhookSecret[];
  /** Why the service disabled it; null unless it did. */
  readonly disabled: { readonly reason: 'gone' | 'failing'; readonly detail: string } | null;
  /** Null while none was sent. */
  readonly lastTest: WebhookTest | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The state of a webhook's stream. */
export type Webhook = { readonly status: 'none' | 'deleted' } | LiveWebhook;

/** Before anything has happened. */
export const noWebhook: Webhook = { status: 'none' };

/** The webhook, unless it was deleted or never made. */
export function liveWebhook(webhook: Webhook): LiveWebhook | undefined {
  return 'settings' in webhook ? webhook : undefined;
}
