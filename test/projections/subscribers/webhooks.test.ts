import { describe, expect, it } from '@jest/globals';
import { webhookStream } from '../../../src/application/history/webhook-codec.js';
import { SqliteWebhooksReader } from '../../../src/projections/subscribers/webhooks.reader.js';
import {
  created,
  deleted,
  disabled,
  event,
  noon,
  paused,
  rotated,
  settings,
  updated,
} from '../../support/webhook-words.js';
import { SubscriberHistory } from './subscribers-spec.js';

type Facts = Parameters<SubscriberHistory['of']>[1][];

/** What is read after something has happened to the webhooks `a` and `b`. */
function after(...history: readonly (readonly [id: 'a' | 'b', ...Facts])[]): SqliteWebhooksReader {
  const recorded = new SubscriberHistory();
  for (const [id, ...facts] of history) recorded.of(webhookStream(id), ...facts);
  return new SqliteWebhooksReader(recorded.tables);
}

describe('a webhook', () => {
  it('is shown with its settings and all that was done to it', () =>
    expect(after(['a', created()]).webhook('a')).toEqual({
      id: 'a',
      ...settings,
      status: 'active',
      after: 7,
      secrets: [{ sealed: 'sealed-1', until: null }],
      disabled: null,
      createdAt: noon,
      updatedAt: noon,
      revision: 0,
    }));

  it('is shown as it was changed', () =>
    expect(after(['a', created(), updated({ name: 'pager' }, noon + 1), paused]).webhook('a')).toMatchObject({
      name: 'pager',
      status: 'paused',
      revision: 2,
    }));

  it('is shown with why it was disabled', () =>
    expect(after(['a', created(), disabled]).webhook('a')).toMatchObject({
      status: 'disabled',
      disabled: { reason: 'gone', detail: 'It answered 410.' },
    }));

  it('is shown with both secrets that live', () =>
    expect(
      after(['a', created(), rotated('sealed-2', '2026-01-02T12:00:00.000Z')]).webhook('a')?.secrets,
    ).toEqual([
      { sealed: 'sealed-2', until: null },
      { sealed: 'sealed-1', until: noon + 86_400_000 },
    ]));

  it('moves its revision also where nothing of it changes', () =>
    expect(
      after([
        'a',
        created(),
        event('RedeliveryRequested', { noticeId: 'n' }),
        event('NothingChanged', {}),
      ]).webhook('a'),
    ).toMatchObject({ revision: 2, updatedAt: noon }));

  it('is gone when it was deleted, but for what it was called', () => {
    const reader = after(['a', created(), updated({ name: 'pager' }), deleted]);
    expect(reader.webhook('a')).toBeUndefined();
    expect(reader.all()).toEqual([]);
    expect(reader.nameOf('a')).toEqual({ name: 'pager', url: settings.url, deleted: true });
  });
});

describe('all webhooks', () => {
  it('are listed with the newest first', () => {
    const reader = after(['a', created()], ['b', created({ name: 'pager' })], ['a', paused]);
    expect(reader.all().map(({ id, status }) => [id, status])).toEqual([
      ['b', 'active'],
      ['a', 'paused'],
    ]);
  });

  it('are called what they are called', () => {
    const reader = after(['a', created()]);
    expect(reader.nameOf('a')).toEqual({ name: 'deployer', url: settings.url, deleted: false });
    expect(reader.nameOf('b')).toBeUndefined();
  });
});
