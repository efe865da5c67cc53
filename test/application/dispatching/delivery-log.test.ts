import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CutOffError,
  DeliveryLog,
  FencedOffError,
} from '../../../src/application/dispatching/delivery-log.js';
import { deliveriesStream } from '../../../src/application/history/delivery-codec.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import { AppendOutcomeUnknownError } from '../../../src/application/ports/event-store.js';
import type { EventStore, NewEvent, RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { DeliveryEvent } from '../../../src/domain/delivery/events.js';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import { all } from '../../support/log-events.js';
import { SetTiming, until } from '../../support/set-timing.js';

const webhook = 'deployer';
const stream = deliveriesStream(webhook);
const passed = (through: number): DeliveryEvent => ({ type: 'DeliveriesPassed', data: { through }, at: 7 });

let store: EmbeddedEventStore;
let appends: (readonly NewEvent[])[];
/** What becomes of the next appends: `lost` is stored, and nobody hears of it; `away` is not stored. */
let fates: ('lost' | 'away')[];
let timing: SetTiming;
let cut: AbortController;
let log: DeliveryLog;
beforeEach(() => {
  store = EmbeddedEventStore.open(':memory:');
  appends = [];
  fates = [];
  timing = new SetTiming();
  cut = new AbortController();
  const append: EventStore['append'] = async (name, expected, events) => {
    appends.push(events);
    const fate = fates.shift();
    if (fate === 'away') throw new AppendOutcomeUnknownError(name, 'no answer');
    const appended = await store.append(name, expected, events);
    if (fate === 'lost') throw new AppendOutcomeUnknownError(name, 'no answer');
    return appended;
  };
  const troubled = new Proxy(store, {
    get: (target, name) => (name === 'append' ? append : (Reflect.get(target, name) as unknown)),
  });
  log = new DeliveryLog(troubled, webhook, 'no-stream', timing, cut.signal);
});
afterEach(() => store.close());

const recorded = (): Promise<RecordedEvent[]> => all(store.readStream(stream));

describe('what a webhook was told', () => {
  it('is put on record in one append when it comes at once', async () => {
    await Promise.all([log.record([passed(1)], null), log.record([passed(2), passed(3)], null)]);
    await log.record([passed(4)], null);
    expect(appends.map(({ length }) => length)).toEqual([3, 1]);
    expect((await recorded()).map(({ data }) => data['through'])).toEqual([1, 2, 3, 4]);
  });

  it('says what it is about, and that the service did it', async () => {
    await log.record([passed(1)], { eventId: 'event', correlationId: 'correlation' });
    const [event] = await recorded();
    expect(decodeMetadata(event?.metadata ?? {})).toMatchObject({
      actor: { type: 'system', id: 'dispatcher', authentication: 'system' },
      $correlationId: 'correlation',
      $causationId: 'event',
      happenedAt: new Date(7).toISOString(),
    });
  });

  it.each(['lost', 'away'] as const)('is sent again with the same ids when an append is %s', async (fate) => {
    fates = [fate, 'away', fate];
    let isSound = true;
    const recording = log.record([passed(1)], null);
    await timing.passUntil(() => appends.length === 2);
    void log.untilSound(cut.signal).then(() => (isSound = fates.length === 0));
    await timing.passUntil(() => appends.length === 4);
    await recording;
    expect(isSound).toBe(true);
    expect(new Set(appends.flat().map(({ id }) => id)).size).toBe(1);
    expect(await recorded()).toHaveLength(1);
    await log.record([passed(2)], null);
    expect(await recorded()).toHaveLength(2);
  });

  it('is not put on record when another one has written, nor is anything after it', async () => {
    await store.append(stream, 'no-stream', [{ id: 'x', type: 'DeliveriesPassed', data: {}, metadata: {} }]);
    await expect(log.record([passed(1)], null)).rejects.toThrow(FencedOffError);
    await expect(log.record([passed(2)], null)).rejects.toThrow(FencedOffError);
    expect(await recorded()).toHaveLength(1);
  });

  it('is not waited for when the dispatcher is cut off while the log does not answer', async () => {
    fates = Array.from({ length: 100 }, () => 'away' as const);
    const recording = log.record([passed(1)], null);
    const failed = expect(recording).rejects.toThrow(CutOffError);
    await until(() => appends.length > 0);
    cut.abort();
    await failed;
  });
});

it('knows where the stream ends', async () => {
  expect(await DeliveryLog.endOf(store, webhook)).toEqual({ revision: 'no-stream', position: 0 });
  const position = await log.record([passed(1), passed(2)], null);
  expect(await DeliveryLog.endOf(store, webhook)).toEqual({ revision: 1, position });
});
