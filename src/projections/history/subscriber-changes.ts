import type { JsonObject } from '../../application/ports/event-store.js';
import type { SubscriberEntryType } from '../../application/queries/history/audit-entry.js';
import { withoutCredentials } from '../../domain/webhook/url-credentials.js';
import { assertNever } from '../../domain/decider.js';
import type { ConsumerEvent } from '../../domain/consumer/events.js';
import type { WebhookEvent, WebhookSettings } from '../../domain/webhook/events.js';

/** What the next entry about a subscriber needs to know: how it is called and what it is told. No secret is among it. */
export interface KnownSubscriber {
  readonly name: string;
  /** `active`, `paused` or `disabled`. */
  readonly status: string;
  /** Its settings beside the name, as they are shown. */
  readonly settings: JsonObject;
}

/** What an event has changed, and what is known after it. */
export interface SubscriberChange {
  readonly type: SubscriberEntryType | 'NothingChanged';
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly known: KnownSubscriber;
}

const nameless: KnownSubscriber = { name: '', status: 'active', settings: {} };

/** What an event has changed about a webhook. Secrets, sealed or not, are left out, and so are user and password in its URL. */
export function webhookChange(known: KnownSubscriber = nameless, event: WebhookEvent): SubscriberChange {
  const { type } = event;
  const { status } = known;
  const told = (after: JsonObject): SubscriberChange => ({ type, before: null, after, known });
  switch (type) {
    case 'WebhookCreated': {
      const { after, secret, status: first, ...said } = event.data;
      const { name, ...settings } = shown(said);
      const created = { name, ...settings, status: first, after, signed: secret !== null };
      return { type, before: null, after: created, known: { name, status: first, settings } };
    }
    case 'WebhookUpdated':
      return updated(known, event.data);
    case 'WebhookPaused':
      return to(known, type, 'paused');
    case 'WebhookResumed': {
      const { after } = event.data;
      return to(known, type, 'active', after === null ? {} : { after });
    }
    case 'WebhookDisabled':
      return to(known, type, 'disabled', event.data);
    case 'WebhookSecretRotated':
      return told({ previousUntil: event.data.previousUntil });
    case 'WebhookTested': {
      const { noticeType, status: answered, error, milliseconds } = event.data;
      return told({ noticeType, status: answered, error, milliseconds });
    }
    case 'RedeliveryRequested':
      return told({ ...event.data });
    case 'WebhookDeleted':
      return { type, before: { name: known.name, ...known.settings, status }, after: null, known };
    case 'NothingChanged':
      return { type, before: null, after: null, known };
    default:
      return assertNever(type);
  }
}

/** What an event has changed about a consumer; undefined for what is told in its own stream only. */
export function consumerChange(
  known: KnownSubscriber = nameless,
  event: ConsumerEvent,
): SubscriberChange | undefined {
  const { type } = event;
  switch (type) {
    case 'ConsumerCreated': {
      const { name, after: checkpoint, description, filter } = event.data;
      const settings = { description, filter: { ...filter } } as unknown as JsonObject;
      const created = { name, ...settings, checkpoint };
      return { type, before: null, after: created, known: { name, status: 'active', settings } };
    }
    case 'ConsumerSought': {
      const { from, position } = event.data;
      return { type, before: { checkpoint: from }, after: { checkpoint: position }, known };
    }
    case 'ConsumerPaused':
      return to(known, type, 'paused');
    case 'ConsumerResumed':
      return to(known, type, 'active');
    case 'ConsumerDeleted': {
      const { name, status, settings } = known;
      return { type, before: { name, ...settings, status }, after: null, known };
    }
    case 'NothingChanged':
      return { type, before: null, after: null, known };
    case 'ConsumerAcknowledged':
      return undefined;
    default:
      return assertNever(type);
  }
}

function to(
  known: KnownSubscriber,
  type: SubscriberEntryType,
  status: string,
  more: JsonObject = {},
): SubscriberChange {
  const before = { status: known.status };
  return { type, before, after: { status, ...more }, known: { ...known, status } };
}

/** Only the settings that are others now. */
function updated(known: KnownSubscriber, data: WebhookSettings): SubscriberChange {
  const { name, ...settings } = shown(data);
  const was: JsonObject = { name: known.name, ...known.settings };
  const is: JsonObject = { name, ...settings };
  const changed = Object.keys({ ...was, ...is }).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  const only = (values: JsonObject) =>
    Object.fromEntries(changed.map((field) => [field, values[field] ?? null]));
  return { type: 'WebhookUpdated', before: only(was), after: only(is), known: { ...known, name, settings } };
}

function shown({ name, url, ...others }: WebhookSettings): { readonly name: string } & JsonObject {
  return { name, url: withoutCredentials(url), ...others };
}
