import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { PageOf } from '../../../src/application/queries/history/past-reader.js';
import type { Page } from '../../../src/application/queries/search-criteria.js';
import type { DeliveryView } from '../../../src/application/queries/subscribers/subscriber-views.js';
import { RecordedDeliveries, attempted, created, noticeAt } from '../../support/recorded-deliveries.js';
import type { Told, Wished } from '../../support/recorded-deliveries.js';
import { deliveriesAfter } from './deliveries-spec.js';
import { naiveDeliveries } from './naive-deliveries.js';

const webhooks = ['one', 'other'];
const noticePosition = fc.integer({ min: 1, max: 8 });
const someTime = fc.integer({ min: 0, max: 1_000 });

const anyAttempt = fc
  .record({
    notice: noticePosition.map((position) => noticeAt(position)),
    attempt: fc.integer({ min: 1, max: 10 }),
    outcome: fc.constantFrom('delivered' as const, 'failed' as const, 'parked' as const),
    /** Whether it answers the newest wish for a redelivery. */
    isRedelivery: fc.boolean(),
    through: fc.integer({ min: 0, max: 20 }),
  })
  .map((attempt) => ({ kind: 'attempt' as const, ...attempt }));

const anyOther: fc.Arbitrary<{ kind: 'told'; told: Told } | { kind: 'wished'; wished: Wished }> = fc.oneof(
  fc
    .oneof(
      fc.record({ through: someTime }).map((data) => ({ type: 'DeliveriesPassed' as const, data })),
      fc
        .record({ until: someTime.map(iso), failures: fc.integer({ min: 5, max: 9 }) })
        .map((data) => ({ type: 'CircuitOpened' as const, data })),
      fc.constant({ type: 'CircuitClosed' as const, data: {} }),
    )
    .map((told) => ({ kind: 'told' as const, told })),
  fc
    .oneof(
      fc
        .record({ after: fc.option(fc.integer({ min: 0, max: 9 })) })
        .map((data) => ({ type: 'WebhookResumed' as const, data })),
      fc
        .oneof(
          noticePosition.map((position) => ({ noticeId: noticeAt(position).id })),
          fc.tuple(noticePosition, noticePosition).map(([from, to]) => ({ from, to })),
          someTime.map((time) => ({ failedSince: iso(time) })),
        )
        .map((data) => ({ type: 'RedeliveryRequested' as const, data })),
      fc.constant({ type: 'WebhookPaused' as const, data: {} }),
    )
    .map((wished) => ({ kind: 'wished' as const, wished })),
);

const anyHistory = fc.array(
  fc.tuple(fc.constantFrom(...webhooks), fc.oneof(anyAttempt, anyOther), someTime),
  {
    maxLength: 60,
  },
);

type History = typeof anyHistory extends fc.Arbitrary<infer Some> ? Some : never;

function iso(time: number): string {
  return new Date(time).toISOString();
}

function recorded(history: History): RecordedEvent[] {
  const log = new RecordedDeliveries();
  const wishes = new Map<string, string>();
  for (const webhook of webhooks) log.wish(webhook, created(1));
  for (const [webhook, step, at] of history) {
    if (step.kind === 'told') log.tell(webhook, step.told, at);
    else if (step.kind === 'wished') {
      const { id } = log.wish(webhook, step.wished, at);
      if (step.wished.type === 'RedeliveryRequested') wishes.set(webhook, id);
    } else {
      const { notice, attempt, outcome, isRedelivery, through } = step;
      const redelivery = isRedelivery ? (wishes.get(webhook) ?? null) : null;
      const nextAttemptAt = outcome === 'failed' ? iso(at + 5_000) : null;
      log.tell(webhook, attempted(notice, { attempt, outcome, redelivery, through, nextAttemptAt }), at);
    }
  }
  return log.events;
}

function allOf<Item>(page: (after: PageOf) => Page<Item>): Item[] {
  const items: Item[] = [];
  for (let after: PageOf = { limit: 2 }; ;) {
    const { items: more, end } = page(after);
    items.push(...more);
    if (end === undefined) return items;
    after = { limit: 2, after: end };
  }
}

const byNotice = (deliveries: readonly DeliveryView[]) =>
  [...deliveries].sort((a, b) => b.notice.position - a.notice.position);

it('whatever happens, the tables say what a plain fold of the events says', () => {
  fc.assert(
    fc.property(anyHistory, fc.nat(60), (history, cut) => {
      const events = recorded(history);
      const reader = deliveriesAfter(events);
      const asOf = (events[0]?.position ?? 0) + cut;
      const before = events.filter(({ position }) => position <= asOf);
      for (const webhook of webhooks) {
        const now = naiveDeliveries(webhook, events);
        expect(reader.progress(webhook)).toEqual(now.progress);
        expect(allOf((page) => reader.deliveries(webhook, {}, page))).toEqual(byNotice(now.deliveries));
        const open = now.deliveries.filter(({ state }) => state === 'open');
        expect(reader.open(webhook, { limit: 100 })).toEqual(byNotice(open).toReversed());
        const models = new Set(open.map(({ notice }) => notice.modelId));
        expect(reader.openModels(webhook, { after: '', limit: 100 })).toEqual([...models].sort());
        for (const delivery of now.deliveries)
          expect(reader.delivery(webhook, delivery.notice.id)).toEqual(delivery);

        const then = naiveDeliveries(webhook, before);
        expect(allOf((page) => reader.deliveries(webhook, { asOf }, page))).toEqual(
          byNotice(then.deliveries),
        );
        const parked = then.deliveries.filter(({ state }) => state === 'parked');
        expect(allOf((page) => reader.deliveries(webhook, { asOf, state: 'parked' }, page))).toEqual(
          byNotice(parked),
        );
        expect(allOf((page) => reader.attempts(webhook, { asOf }, page))).toEqual(then.attempts.toReversed());
      }
    }),
    { numRuns: 60 },
  );
});
