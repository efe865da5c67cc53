import { describe, expect, it } from '@jest/globals';
import { consumerStream } from '../../../src/application/history/consumer-codec.js';
import { webhookStream } from '../../../src/application/history/webhook-codec.js';
import type { JsonObject, RecordedEvent } from '../../../src/application/ports/event-store.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import { registered, versionCreated } from '../registry/registry-spec.js';
import { historyAfter } from './history-spec.js';

const ana: JsonObject = { type: 'user', id: 'ana', authentication: 'basic-unverified' };
const service: JsonObject = { type: 'system', id: 'annals', authentication: 'system' };

const deployer = {
  name: 'deployer',
  description: 'Deploys what is in Production.',
  url: 'https://ops:hunter2@hooks.example.org/deploy',
  format: 'cloudevents',
  filter: { ...everyNotice, to: 'Production' },
} as const;

const created = {
  type: 'WebhookCreated',
  data: { ...deployer, after: 7, secret: 'SEALED', status: 'active' },
};

interface Fact {
  readonly type: string;
  readonly data: object;
}

function recorded(stream: string, facts: readonly Fact[], actor = ana): readonly RecordedEvent[] {
  return facts.map(({ type, data }, index) => ({
    id: `event-${index + 1}`,
    type,
    data: JSON.parse(JSON.stringify(data)) as JsonObject,
    metadata: { actor, happenedAt: new Date(1_000 * index).toISOString() },
    stream,
    revision: index,
    position: index + 1,
    recordedAt: 1_000 * index,
  }));
}

function entriesOf(events: readonly RecordedEvent[]) {
  return historyAfter(events).audit.page({}, { limit: 100, order: 'oldestFirst' }).items;
}

function ofWebhook(facts: readonly Fact[], actor = ana) {
  return entriesOf(recorded(webhookStream('w-1'), [created, ...facts], actor)).slice(1);
}

function ofConsumer(...facts: readonly Fact[]) {
  return entriesOf(recorded(consumerStream('loader'), facts));
}

describe('a webhook in the audit trail', () => {
  it('is created by somebody, and neither secret nor password is told', () => {
    const [entry] = entriesOf(recorded(webhookStream('w-1'), [created]));
    expect(entry).toMatchObject({
      type: 'WebhookCreated',
      category: 'control-plane',
      outcome: 'done',
      text: 'ana created the webhook deployer for https://***@hooks.example.org/deploy',
      model: { id: null, name: null },
      version: null,
      subscriber: { kind: 'webhook', id: 'w-1', name: 'deployer' },
      before: null,
      after: {
        name: 'deployer',
        url: 'https://***@hooks.example.org/deploy',
        filter: { to: 'Production' },
        after: 7,
        signed: true,
        status: 'active',
      },
    });
    expect(JSON.stringify(entry)).not.toMatch(/SEALED|hunter2|ops/);
  });

  it('shows what was changed and nothing else', () => {
    const url = 'https://u:secret@other.example.org/';
    const [entry] = ofWebhook([{ type: 'WebhookUpdated', data: { ...deployer, url } }]);
    expect(entry).toMatchObject({
      text: 'ana changed url of the webhook deployer',
      before: { url: 'https://***@hooks.example.org/deploy' },
      after: { url: 'https://***@other.example.org/' },
    });
    expect(Object.keys(entry?.before ?? {})).toEqual(['url']);
  });

  it('says that user and password in its URL were set, and not to what', () => {
    const url = deployer.url.replace(/\/\/.*@/, '//SEALED.OTHERWISE@');
    const [entry] = ofWebhook([{ type: 'WebhookUpdated', data: { ...deployer, url } }]);
    expect(entry).toMatchObject({
      text: 'ana set user and password in the url of the webhook deployer',
      before: {},
      after: {},
    });
  });

  it.each([
    [{ name: 'rollout' }, 'ana renamed the webhook deployer to rollout'],
    [
      { name: 'rollout', format: 'mlflow', description: null },
      'ana renamed the webhook deployer to rollout and changed description, format',
    ],
  ])('that is renamed is told under both names: %j', (changes, text) => {
    const [, paused] = ofWebhook([
      { type: 'WebhookUpdated', data: { ...deployer, ...changes } },
      { type: 'WebhookPaused', data: {} },
    ]);
    const [entry] = ofWebhook([{ type: 'WebhookUpdated', data: { ...deployer, ...changes } }]);
    expect(entry?.text).toBe(text);
    expect(paused?.text).toBe('ana paused the webhook rollout');
  });

  it('is paused, resumed, tested and deleted, its secret rotated, and deliveries asked for again', () => {
    const tested = { noticeType: 't', milliseconds: 3, excerpt: 'oops' };
    const entries = ofWebhook([
      { type: 'WebhookPaused', data: {} },
      { type: 'WebhookResumed', data: { after: 9 } },
      { type: 'WebhookTested', data: { ...tested, status: 204, error: null } },
      { type: 'WebhookTested', data: { ...tested, status: null, error: 'connection refused' } },
      { type: 'WebhookSecretRotated', data: { secret: 'SEALED AGAIN', previousUntil: null } },
      { type: 'RedeliveryRequested', data: { noticeId: 'n-1' } },
      { type: 'RedeliveryRequested', data: { from: 3, to: 9 } },
      { type: 'RedeliveryRequested', data: { failedSince: '2026-01-01T00:00:00.000Z' } },
      { type: 'WebhookDeleted', data: {} },
    ]);
    expect(entries.map(({ text }) => text)).toEqual([
      'ana paused the webhook deployer',
      'ana resumed the webhook deployer',
      'ana tested the webhook deployer, which answered 204',
      'ana tested the webhook deployer, which could not be reached: connection refused',
      'ana rotated the secret of the webhook deployer',
      'ana asked for notice n-1 to be delivered once more to the webhook deployer',
      'ana asked for positions 3 to 9 to be delivered once more to the webhook deployer',
      'ana asked for what has failed since 2026-01-01T00:00:00.000Z to be delivered once more to the webhook deployer',
      'ana deleted the webhook deployer',
    ]);
    expect(entries[1]).toMatchObject({ before: { status: 'paused' }, after: { status: 'active', after: 9 } });
    expect(entries.at(-1)).toMatchObject({ before: { name: 'deployer', status: 'active' }, after: null });
    expect(JSON.stringify(entries)).not.toMatch(/SEALED|hunter2|oops/);
  });

  it('is disabled by the service, which says why', () => {
    const disabled = (reason: string, detail: string) =>
      ofWebhook([{ type: 'WebhookDisabled', data: { reason, detail } }], service)[0]?.text;
    expect(disabled('gone', 'HTTP 410')).toBe(
      'the service disabled the webhook deployer: the endpoint is gone (410)',
    );
    expect(disabled('failing', '500 since Monday')).toBe(
      'the service disabled the webhook deployer: the endpoint keeps failing, 500 since Monday',
    );
  });

  it('that a request changed nothing about is housekeeping', () =>
    expect(ofWebhook([{ type: 'NothingChanged', data: {} }])).toMatchObject([
      { category: 'housekeeping', text: 'ana changed nothing in the webhook deployer' },
    ]));
});

describe('a consumer in the audit trail', () => {
  const loader = {
    type: 'ConsumerCreated',
    data: { name: 'loader', description: null, filter: everyNotice, after: 4 },
  };

  it('is created, moved, paused, resumed and deleted, and its acknowledgements are not told', () => {
    const entries = ofConsumer(
      loader,
      { type: 'ConsumerAcknowledged', data: { position: 6 } },
      { type: 'ConsumerSought', data: { from: 6, position: 2 } },
      { type: 'ConsumerPaused', data: {} },
      { type: 'ConsumerResumed', data: {} },
      { type: 'ConsumerDeleted', data: {} },
    );
    expect(entries.map(({ text }) => text)).toEqual([
      'ana created the consumer loader, which begins after position 4',
      'ana moved the consumer loader from position 6 to 2',
      'ana paused the consumer loader',
      'ana resumed the consumer loader',
      'ana deleted the consumer loader',
    ]);
    expect(entries[1]).toMatchObject({
      category: 'control-plane',
      subscriber: { kind: 'consumer', id: 'loader', name: 'loader' },
      before: { checkpoint: 6 },
      after: { checkpoint: 2 },
    });
  });
});

it('what happens to subscribers is found by category, actor and type, and is no part of any model', () => {
  const models = new RecordedHistory();
  models.record('m', registered('fraud'));
  models.record('m', versionCreated(1));
  const webhook = recorded(webhookStream('w-1'), [created]).map((event) => ({
    ...event,
    id: 'event-w',
    position: 3,
  }));
  const { audit } = historyAfter([...models.events, ...webhook]);
  const positions = (filter: Parameters<typeof audit.page>[0]) => {
    const { items } = audit.page(filter, { limit: 10, order: 'oldestFirst' });
    expect(audit.count(filter)).toBe(items.length);
    return items.map(({ position }) => position);
  };
  expect(positions({ category: 'control-plane' })).toEqual([3]);
  expect(positions({ category: 'registry' })).toEqual([1, 2]);
  expect(positions({ types: ['WebhookCreated'] })).toEqual([3]);
  expect(positions({ actor: 'ana' })).toEqual([3]);
  expect(positions({ actor: 'ana', category: 'control-plane' })).toEqual([3]);
  expect(positions({ model: { name: 'fraud' } })).toEqual([1, 2]);
  expect(positions({ model: { name: 'deployer' } })).toEqual([]);
});

it('what happens to subscribers between two events of a command does not part them', () => {
  const models = new RecordedHistory();
  const transition = (version: number, from: Stage, to: Stage, inFavourOf: number | null) =>
    ({ type: 'StageTransitioned', data: { version, from, to, comment: null, inFavourOf } }) as const;
  models.record('m', registered('fraud'));
  models.record('m', versionCreated(1));
  models.record('m', versionCreated(2));
  models.record('m', transition(1, 'None', 'Production', null));
  models.record('m', transition(1, 'Production', 'Archived', 2));
  models.record('m', transition(2, 'None', 'Production', null));
  const causation = { $causationId: 'command', $correlationId: 'command' };
  const together = models.events.map((event) => ({
    ...event,
    position: event.position * 10,
    metadata: { ...event.metadata, ...(event.position > 4 ? causation : {}) },
  }));
  const aside = recorded(webhookStream('w-1'), [created, { type: 'NothingChanged', data: {} }]).map(
    (event, index) => ({ ...event, id: `aside-${index}`, position: 51 + index }),
  );
  const { audit } = historyAfter([...together.slice(0, 5), ...aside, ...together.slice(5)]);
  const [last] = audit.page({}, { limit: 1, order: 'newestFirst' }).items;
  expect(last?.text).toBe('ada moved fraud v2 from None to Production, archiving v1');
});
