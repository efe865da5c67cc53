import { beforeEach, expect, it } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  EventStore,
  RecordedEvent,
  SubscriptionMessage,
} from '../../../src/application/ports/event-store.js';
import {
  afterEvents,
  all,
  appendLong,
  appendOneByOne,
  counted,
  countedUpTo,
  eventsOf,
  iterator,
  messagesUntil,
  ownPrefix,
  whenCaughtUp,
} from '../../support/log-events.js';

export function subscribingContract(store: () => EventStore): void {
  let prefix: string;
  beforeEach(() => {
    prefix = ownPrefix();
  });

  const own = () => ({ streamPrefixes: [prefix] });
  const inLog = () => all(store().readAll({ filter: own() }));

  /** Twenty writers at once, a hundred events each. */
  const appendTwoThousand = () =>
    Promise.all(
      Array.from({ length: 20 }, (_, writer) =>
        appendOneByOne(store(), `${prefix}live-${writer}`, countedUpTo(100)),
      ),
    );

  it('delivers the history from the beginning, as it is read', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));
    await store().append(`${prefix}wine`, 'no-stream', countedUpTo(2));

    const messages = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    expect(eventsOf(messages)).toEqual(await inLog());
  });

  it('delivers only what follows the position it starts after', async () => {
    const answers = await appendOneByOne(store(), `${prefix}iris`, countedUpTo(5));

    const after = answers[1]?.position ?? 0;
    const messages = await messagesUntil(store(), { after, filter: own() }, whenCaughtUp);
    expect(eventsOf(messages).map(({ revision }) => revision)).toEqual([2, 3, 4]);
  });

  it('never says that there are no events', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));

    const messages = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    expect(messages.every((message) => message.kind !== 'events' || message.events.length > 0)).toBe(true);
  });

  it('says that it has caught up, at the position of the last event or after it', async () => {
    const { position } = await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));

    const messages = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    expect(eventsOf(messages)).toHaveLength(3);
    expect(caughtUpAt(messages)).toBeGreaterThanOrEqual(position);
  });

  it('says how far it has caught up also when the filter left everything out', async () => {
    const { position } = await store().append(`other${prefix}iris`, 'no-stream', countedUpTo(3));

    const messages = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    expect(eventsOf(messages)).toEqual([]);
    expect(caughtUpAt(messages)).toBeGreaterThanOrEqual(position);
  });

  it('can be taken up again where it had caught up', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));
    const before = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    await store().append(`${prefix}iris`, 2, countedUpTo(2));

    const after = caughtUpAt(before) ?? 0;
    const messages = await messagesUntil(store(), { after, filter: own() }, whenCaughtUp);
    expect(eventsOf(messages).map(({ revision }) => revision)).toEqual([3, 4]);
  });

  it('delivers what is appended after it has caught up, and says again that it has', async () => {
    const stream = `${prefix}iris`;
    await store().append(stream, 'no-stream', countedUpTo(2));
    const { signal } = new AbortController();
    const messages: SubscriptionMessage[] = [];
    for await (const message of store().subscribe({ after: 0, filter: own(), signal })) {
      messages.push(message);
      const events = eventsOf(messages).length;
      if (whenCaughtUp(message) && events === 3) {
        break;
      }
      if (whenCaughtUp(message) && messages.filter(whenCaughtUp).length === 1) {
        await store().append(stream, 1, [counted(2)]);
      }
    }

    expect(eventsOf(messages).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(caughtUpAt(messages)).toBeGreaterThanOrEqual(eventsOf(messages)[2]?.position ?? Infinity);
  });

  it('delivers an appended event like a read one', async () => {
    const head = await store().head();
    const subscribed = messagesUntil(store(), { after: head, filter: own() }, afterEvents(1));
    await nextTurn();
    await store().append(`${prefix}iris`, 'no-stream', [counted(1, { at: new Date(0), nothing: undefined })]);

    expect(eventsOf(await subscribed)).toStrictEqual(await inLog());
  });

  it('goes from the history to 2,000 concurrent appends without a gap or a repetition', async () => {
    await store().append(`${prefix}history`, 'no-stream', countedUpTo(1_000));
    const appending = appendTwoThousand();
    const messages = await messagesUntil(store(), { after: 0, filter: own() }, afterEvents(3_000));
    await appending;

    const log = await inLog();
    expect(log).toHaveLength(3_000);
    expect(ids(eventsOf(messages))).toEqual(ids(log));
  });

  it('serves several subscribers, each from its own position', async () => {
    const { position } = await store().append(`${prefix}history`, 'no-stream', countedUpTo(1_000));
    const fromStart = messagesUntil(store(), { after: 0, filter: own() }, afterEvents(3_000));
    const fromMiddle = messagesUntil(store(), { after: position, filter: own() }, afterEvents(2_000));
    await appendTwoThousand();

    const log = ids(await inLog());
    expect(ids(eventsOf(await fromStart))).toEqual(log);
    expect(ids(eventsOf(await fromMiddle))).toEqual(log.slice(1_000));
  });

  it('keeps everything for a subscriber that is slow', async () => {
    const appending = appendTwoThousand();
    const { signal } = new AbortController();
    const delivered: string[] = [];
    for await (const message of store().subscribe({ after: 0, filter: own(), signal })) {
      await nextTurn();
      await nextTurn();
      delivered.push(...ids(eventsOf([message])));
      if (delivered.length >= 2_000) {
        break;
      }
    }
    await appending;

    expect(delivered).toEqual(ids(await inLog()));
  });

  it('keeps everything for a subscriber that was away for long', async () => {
    const { signal } = new AbortController();
    const subscription = iterator(store().subscribe({ after: 0, filter: own(), signal }));
    await subscription.next();
    await appendLong(store(), `${prefix}long`, 10_000);
    const enough = afterEvents(10_000);
    const messages: SubscriptionMessage[] = [];
    for (let next = await subscription.next(); !next.done; next = await subscription.next()) {
      messages.push(next.value);
      if (enough(next.value)) {
        await subscription.return?.();
      }
    }

    const revisions = eventsOf(messages).map(({ revision }) => revision);
    expect(revisions).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
  });

  it('delivers a stream of 5,000 events', async () => {
    await appendLong(store(), `${prefix}long`, 5_000);

    const messages = await messagesUntil(store(), { after: 0, filter: own() }, whenCaughtUp);
    const revisions = eventsOf(messages).map(({ revision }) => revision);
    expect(revisions).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
  });

  it('delivers only streams that pass the filter, past and live', async () => {
    const filter = { streamPrefixes: [`${prefix}a-`, `${prefix}b-`] };
    await appendOneEach('a-1', 'x-1', 'b-1');
    const subscribed = messagesUntil(store(), { after: 0, filter }, afterEvents(4));
    await nextTurn();
    await appendOneEach('x-2', 'b-2', 'x-3', 'a-2');

    const streams = eventsOf(await subscribed).map(({ stream }) => stream.slice(prefix.length));
    expect(streams).toEqual(['a-1', 'b-1', 'b-2', 'a-2']);
  });

  it('ends without an error when it is aborted while it waits', async () => {
    const leaving = new AbortController();
    const options = { after: await store().head(), filter: own(), signal: leaving.signal };
    const messages: SubscriptionMessage[] = [];
    for await (const message of store().subscribe(options)) {
      messages.push(message);
      setImmediate(() => leaving.abort());
    }

    expect(messages.map(({ kind }) => kind)).toContain('caughtUp');
  });

  it('says nothing more when it is aborted while it is being read', async () => {
    await appendLong(store(), `${prefix}long`, 2_000);
    const leaving = new AbortController();
    const messages: SubscriptionMessage[] = [];
    for await (const message of store().subscribe({ after: 0, filter: own(), signal: leaving.signal })) {
      messages.push(message);
      leaving.abort();
    }

    expect(messages).toHaveLength(1);
  });

  it('says nothing when it was aborted before', async () => {
    const subscription = store().subscribe({ after: 0, signal: AbortSignal.abort() });

    expect(await all(subscription)).toEqual([]);
  });

  it('ends when its consumer leaves while it waits', async () => {
    const { signal } = new AbortController();
    const options = { after: await store().head(), filter: own(), signal };
    const subscription = iterator(store().subscribe(options));
    await subscription.next();
    const waiting = subscription.next();
    await subscription.return?.();

    await expect(waiting).resolves.toMatchObject({ done: true });
  });

  it('does not hold back appends when its consumer stops asking', async () => {
    const { signal } = new AbortController();
    const subscription = iterator(store().subscribe({ after: 0, filter: own(), signal }));
    await subscription.next();
    await appendTwoThousand();
    await subscription.return?.();

    expect(await inLog()).toHaveLength(2_000);
  });

  async function appendOneEach(...streams: readonly string[]): Promise<void> {
    for (const stream of streams) {
      await store().append(`${prefix}${stream}`, 'no-stream', [counted(1)]);
    }
  }
}

function ids(events: readonly RecordedEvent[]): string[] {
  return events.map(({ id }) => id);
}

function caughtUpAt(messages: readonly SubscriptionMessage[]): number | undefined {
  const last = messages.findLast((message) => message.kind === 'caughtUp');
  return last?.kind === 'caughtUp' ? last.position : undefined;
}
