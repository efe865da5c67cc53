import { assertNever } from '../../domain/decider.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import { isOfSubscriber } from '../../application/queries/history/entry-types.js';

type Untold = Omit<AuditEntry, 'text'>;

/** What was done to a webhook or a consumer, in plain words. */
export function subscriberDeed({ type, subscriber, before, after }: Untold): string {
  const subject = subscriber === null ? 'a subscriber' : `the ${subscriber.kind} ${subscriber.name}`;
  if (!isOfSubscriber(type)) return `changed nothing in ${subject}`;
  switch (type) {
    case 'WebhookCreated':
      return `created ${subject} for ${word(after, 'url')}`;
    case 'WebhookUpdated':
      return updated(subject, before, after);
    case 'WebhookPaused':
    case 'ConsumerPaused':
      return `paused ${subject}`;
    case 'WebhookResumed':
    case 'ConsumerResumed':
      return `resumed ${subject}`;
    case 'WebhookDisabled':
      return after?.['reason'] === 'gone'
        ? `disabled ${subject}: the endpoint is gone (410)`
        : `disabled ${subject}: the endpoint keeps failing, ${word(after, 'detail')}`;
    case 'WebhookSecretRotated':
      return `rotated the secret of ${subject}`;
    case 'WebhookTested':
      return after?.['status'] === null
        ? `tested ${subject}, which could not be reached: ${word(after, 'error')}`
        : `tested ${subject}, which answered ${word(after, 'status')}`;
    case 'RedeliveryRequested':
      return `asked for ${redelivered(after)} to be delivered once more to ${subject}`;
    case 'WebhookDeleted':
    case 'ConsumerDeleted':
      return `deleted ${subject}`;
    case 'ConsumerCreated':
      return `created ${subject}, which begins after position ${word(after, 'checkpoint')}`;
    case 'ConsumerSought':
      return `moved ${subject} from position ${word(before, 'checkpoint')} to ${word(after, 'checkpoint')}`;
    default:
      return assertNever(type);
  }
}

function updated(subject: string, before: Untold['before'], after: Untold['after']): string {
  const changed = Object.keys(after ?? {}).filter((field) => field !== 'name');
  const renamed = before?.['name'] === undefined ? [] : [`renamed the webhook ${word(before, 'name')}`];
  const said = changed.length === 0 ? [] : [`changed ${changed.join(', ')}`];
  // Nothing else can change without being shown.
  if (renamed.length + said.length === 0) return `set user and password in the url of ${subject}`;
  return renamed.length === 0
    ? `${said.join('')} of ${subject}`
    : [`${renamed.join('')} to ${word(after, 'name')}`, ...said].join(' and ');
}

function redelivered(after: Untold['after']): string {
  if (after?.['noticeId'] !== undefined) return `notice ${word(after, 'noticeId')}`;
  if (after?.['failedSince'] !== undefined) return `what has failed since ${word(after, 'failedSince')}`;
  return `positions ${word(after, 'from')} to ${word(after, 'to')}`;
}

function word(values: Untold['before'], key: string): string {
  const value = values?.[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
