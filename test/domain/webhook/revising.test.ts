import { describe, it } from '@jest/globals';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import type { WebhookCommandOf } from '../../../src/domain/webhook/commands.js';
import { webhookDecider } from '../../../src/domain/webhook/decider.js';
import type { WebhookEvent } from '../../../src/domain/webhook/events.js';
import { specify } from '../../support/decider-spec.js';

const given = specify(webhookDecider);

const settings = {
  name: 'hook',
  description: null,
  url: 'https://example.com',
  format: 'mlflow',
  filter: everyNotice,
} as const;

const created: WebhookEvent = {
  type: 'WebhookCreated',
  data: { ...settings, after: 3, secret: 'old', status: 'active' },
  at: 1,
};
const paused: WebhookEvent = { type: 'WebhookPaused', data: {}, at: 2 };

type Asked = Partial<Omit<WebhookCommandOf<'UpdateWebhook'>, 'type'>>;

function update(asked: Asked): WebhookCommandOf<'UpdateWebhook'> {
  return { type: 'UpdateWebhook', webhookId: 'w', changes: {}, status: null, at: 9, ...asked };
}

describe('An update of a webhook', () => {
  it('signs with another secret alone from then on', () =>
    given(created)
      .when(update({ secret: 'new' }))
      .thenState({ secrets: [{ sealed: 'new', until: null }] }));

  it('can change everything at once', () =>
    given(created, paused)
      .when(update({ changes: { name: 'other' }, secret: 'new', status: 'active', after: 7 }))
      .thenEvents(
        { type: 'WebhookUpdated', data: { ...settings, name: 'other' }, at: 9 },
        { type: 'WebhookSecretRotated', data: { secret: 'new', previousUntil: null }, at: 9 },
        { type: 'WebhookResumed', data: { after: 7 }, at: 9 },
      ));

  it('resumes where it stopped unless a position is given', () =>
    given(created, paused)
      .when(update({ status: 'active' }))
      .thenEvents({ type: 'WebhookResumed', data: { after: null }, at: 9 }));

  it('does not move one that is active', () =>
    given(created)
      .when(update({ status: 'active', after: 7 }))
      .thenNothing());
});
