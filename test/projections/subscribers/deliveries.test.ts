import { beforeEach, describe, expect, it } from '@jest/globals';
import { RecordedDeliveries, attempted, created, noticeAt } from '../../support/recorded-deliveries.js';
import { deliveriesAfter } from './deliveries-spec.js';

const webhook = 'deployer';
let log: RecordedDeliveries;
beforeEach(() => {
  log = new RecordedDeliveries();
  log.wish(webhook, created(3));
});
const reader = () => deliveriesAfter(log.events);
const five = noticeAt(5);

describe('how far a webhook has been told', () => {
  it('is not known of one that there never was', () => {
    expect(reader().progress('nobody')).toBeUndefined();
    expect(reader().deliveries('nobody', {}, { limit: 5 })).toEqual({ items: [] });
    expect(reader().open('nobody', { limit: 5 })).toEqual([]);
  });

  it('begins where it was told to', () => {
    expect(reader().progress(webhook)).toEqual({
      begun: 1_000,
      through: 3,
      open: 0,
      parked: 0,
      circuitOpenUntil: null,
      failuresInRow: 0,
      lastDeliveredAt: null,
      lastFailedAt: null,
    });
  });

  it('moves with what is attempted, and with what it does not want', () => {
    log.tell(webhook, attempted(five, { through: 4 }));
    expect(reader().progress(webhook)?.through).toBe(4);
    log.tell(webhook, { type: 'DeliveriesPassed', data: { through: 900 } });
    expect(reader().progress(webhook)?.through).toBe(900);
  });

  it('says when a request last arrived and when one last did not', () => {
    log.tell(webhook, attempted(five), 70);
    log.tell(webhook, attempted(five, { attempt: 2, outcome: 'delivered' }), 80);
    expect(reader().progress(webhook)).toMatchObject({ lastFailedAt: 70, lastDeliveredAt: 80 });
  });
});

describe('a delivery', () => {
  it('is open until it is delivered', () => {
    log.tell(webhook, attempted(five), 70);
    expect(reader().delivery(webhook, five.id)).toEqual({
      webhookId: webhook,
      notice: five,
      state: 'open',
      attempts: 1,
      attemptsOnSchedule: 1,
      redelivery: null,
      nextAttemptAt: 1_000_000,
      lastAttemptAt: 70,
      lastStatus: 500,
      lastError: null,
    });
    expect(reader().open(webhook, { limit: 5 })).toHaveLength(1);
    log.tell(webhook, attempted(five, { attempt: 2, outcome: 'delivered' }));
    expect(reader().delivery(webhook, five.id)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(reader().open(webhook, { limit: 5 })).toEqual([]);
  });

  it('that is to be made once more is open again, due at once and at the beginning of its schedule', () => {
    log.tell(webhook, attempted(five, { attempt: 10, outcome: 'parked' }));
    const { id } = log.wish(webhook, { type: 'RedeliveryRequested', data: { noticeId: five.id } }, 90);
    expect(reader().delivery(webhook, five.id)).toMatchObject({
      state: 'open',
      attempts: 1,
      attemptsOnSchedule: 0,
      redelivery: id,
      nextAttemptAt: 90,
    });
    expect(reader().progress(webhook)).toMatchObject({ open: 1, parked: 0 });
  });

  it('that was under way when it was wished for once more is made once more all the same', () => {
    log.tell(webhook, attempted(five));
    const { id } = log.wish(webhook, { type: 'RedeliveryRequested', data: { noticeId: five.id } });
    log.tell(webhook, attempted(five, { attempt: 2, outcome: 'delivered' }));
    expect(reader().delivery(webhook, five.id)).toMatchObject({ state: 'open', redelivery: id, attempts: 2 });
  });
});

describe('a webhook that goes on after a later place', () => {
  beforeEach(() => {
    log.tell(webhook, attempted(five));
    log.tell(webhook, attempted(noticeAt(7)));
    log.wish(webhook, { type: 'WebhookResumed', data: { after: 6 } });
  });

  it('does not try again what was open up to there', () => {
    expect(reader().delivery(webhook, five.id)).toMatchObject({ state: 'parked', nextAttemptAt: null });
    expect(
      reader()
        .open(webhook, { limit: 5 })
        .map(({ notice }) => notice.position),
    ).toEqual([7]);
    expect(reader().progress(webhook)).toMatchObject({ through: 6, open: 1, parked: 1 });
  });

  it('may be told it when somebody wants that', () => {
    log.wish(webhook, { type: 'RedeliveryRequested', data: { failedSince: new Date(0).toISOString() } });
    expect(
      reader()
        .open(webhook, { limit: 5 })
        .map(({ notice }) => notice.position),
    ).toEqual([5, 7]);
  });
});

it('everybody who was told of an event is found by its notices, as of any position', () => {
  const derived = { ...five, id: `${five.id}.production` };
  log.wish('other', created());
  const first = log.tell(webhook, attempted(five));
  log.tell('other', attempted(derived, { outcome: 'delivered' }));
  log.tell('other', attempted(noticeAt(6)));
  const told = (asOf: number) =>
    reader()
      .toldOf([five.id, derived.id], asOf)
      .map(({ webhookId, outcome }) => `${webhookId}: ${outcome}`);
  expect(told(1e9)).toEqual(['deployer: failed', 'other: delivered']);
  expect(told(first.position)).toEqual(['deployer: failed']);
  expect(reader().toldOf([], 1e9)).toEqual([]);
});

it('the attempts for one notice are found', () => {
  log.tell(webhook, attempted(five, { excerpt: 'no', milliseconds: 12 }));
  log.tell(webhook, attempted(noticeAt(6)));
  const { items } = reader().attempts(webhook, { noticeId: five.id }, { limit: 5 });
  expect(items).toMatchObject([{ notice: five, attempt: 1, excerpt: 'no', milliseconds: 12 }]);
});
