import { describe, expect, it } from '@jest/globals';
import { UnknownEventTypeError } from '../../../src/application/history/registered-model-codec.js';
import {
  decodeWebhookEvent,
  webhookIdOf,
  webhookStream,
} from '../../../src/application/history/webhook-codec.js';
import { webhookFromSnapshot, webhookToSnapshot } from '../../../src/application/history/webhook-snapshot.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { evolve } from '../../../src/domain/webhook/evolve.js';
import { noWebhook } from '../../../src/domain/webhook/webhook.js';
import { created, deleted, paused, rotated, webhookId } from '../../support/webhook-words.js';

function recorded(type: string): RecordedEvent {
  return {
    id: 'event-1',
    stream: webhookStream(webhookId),
    revision: 3,
    position: 9,
    recordedAt: 0,
    type,
    data: {},
    metadata: { happenedAt: '2026-01-01T12:00:00.000Z' },
  };
}

describe('the stream of a webhook', () => {
  it('is called by its id', () => expect(webhookIdOf(webhookStream(webhookId))).toBe(webhookId));

  it('holds events with the time at which they happened', () =>
    expect(decodeWebhookEvent(recorded('WebhookPaused'))).toEqual(paused));

  it.each(['ModelRegistered', 'toString'])('holds no %s', (type) =>
    expect(() => decodeWebhookEvent(recorded(type))).toThrow(UnknownEventTypeError),
  );
});

describe('a snapshot of a webhook', () => {
  it.each([[[]], [[created(), rotated('sealed-2', '2026-01-02T12:00:00.000Z')]], [[created(), deleted]]])(
    'is the state again',
    (history) => {
      const state = history.reduce(evolve, noWebhook);
      const json = JSON.parse(JSON.stringify(webhookToSnapshot(state)));
      expect(webhookFromSnapshot(json)).toEqual(state);
    },
  );

  it('of another shape is not used', () => expect(webhookFromSnapshot({ shape: 0 })).toBeUndefined());
});
