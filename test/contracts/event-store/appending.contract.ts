import { expect, it } from '@jest/globals';
import type { EventStore, NewEvent } from '../../../src/application/ports/event-store.js';
import { WrongExpectedRevisionError } from '../../../src/application/ports/event-store.js';
import { all, appendOneByOne, counted, countedUpTo, ownPrefix } from '../../support/log-events.js';

export function appendingContract(store: () => EventStore): void {
  it('gives back what was appended', async () => {
    const stream = `${ownPrefix()}iris`;
    const event = counted(1, { nested: { list: [1, 2.5, null, true, 'x'] }, empty: {} });
    const { position } = await store().append(stream, 'no-stream', [event]);

    const [recorded] = await all(store().readStream(stream));
    expect(recorded).toEqual({ ...event, stream, revision: 0, position, recordedAt: expect.any(Number) });
  });

  it('keeps text of every script, in names, data and metadata', async () => {
    const stream = `${ownPrefix()}модель-模型-🌱`;
    const text = 'Ärger, 数据, 🧪\u0000\u2028 "quoted" \\ and a half \ud83e';
    const event = { ...counted(1, { text }), metadata: { text } };
    await store().append(stream, 'no-stream', [event]);

    const [recorded] = await all(store().readStream(stream));
    expect(recorded).toMatchObject({ stream, data: event.data, metadata: event.metadata });
  });

  it('keeps big data', async () => {
    const stream = `${ownPrefix()}big`;
    const text = 'four'.repeat(125_000);
    await store().append(stream, 'no-stream', [counted(1, { text })]);

    const [recorded] = await all(store().readStream(stream));
    expect(recorded?.data['text']).toBe(text);
  });

  it('keeps the JSON of the moment of appending, whatever happens to the object afterwards', async () => {
    const stream = `${ownPrefix()}iris`;
    const data = { count: 1, at: new Date(0), nothing: undefined };
    const appending = store().append(stream, 'no-stream', [{ ...counted(1), data }]);
    data.count = 2;
    await appending;

    const [recorded] = await all(store().readStream(stream));
    expect(recorded?.data).toStrictEqual({ count: 1, at: '1970-01-01T00:00:00.000Z' });
  });

  it('notes when an event was recorded, in whole milliseconds', async () => {
    const stream = `${ownPrefix()}iris`;
    await store().append(stream, 'no-stream', [counted(1)]);

    const [recorded] = await all(store().readStream(stream));
    expect(Math.abs((recorded?.recordedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(Number.isInteger(recorded?.recordedAt)).toBe(true);
  });

  it('answers revision and position of the last event', async () => {
    const stream = `${ownPrefix()}iris`;
    const first = await store().append(stream, 'no-stream', countedUpTo(3));
    const second = await store().append(stream, 2, countedUpTo(2));

    const recorded = await all(store().readStream(stream));
    expect(first).toEqual({ revision: 2, position: recorded[2]?.position });
    expect(second).toEqual({ revision: 4, position: recorded[4]?.position });
  });

  it('has written when it answers', async () => {
    const stream = `${ownPrefix()}iris`;
    const { position } = await store().append(stream, 'no-stream', countedUpTo(3));

    expect(await all(store().readStream(stream))).toHaveLength(3);
    expect(await store().head()).toBeGreaterThanOrEqual(position);
  });

  it('refuses to begin a stream that exists', async () => {
    const stream = `${ownPrefix()}iris`;
    await store().append(stream, 'no-stream', countedUpTo(2));

    await expect(store().append(stream, 'no-stream', [counted(9)])).rejects.toEqual(
      new WrongExpectedRevisionError(stream, 'no-stream', 1),
    );
  });

  it.each([0, 5])('refuses to append at revision %i to a stream that is at revision 1', async (expected) => {
    const stream = `${ownPrefix()}iris`;
    await store().append(stream, 'no-stream', countedUpTo(2));

    const refusal = await store()
      .append(stream, expected, [counted(9)])
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WrongExpectedRevisionError);
    expect(refusal).toMatchObject({ stream, expected, actual: 1 });
  });

  it('refuses to append at a revision to a stream that does not exist', async () => {
    const stream = `${ownPrefix()}iris`;
    const refusal = await store()
      .append(stream, 3, [counted(9)])
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ stream, expected: 3, actual: 'no-stream' });
  });

  it('writes nothing of a refused append', async () => {
    const stream = `${ownPrefix()}iris`;
    const events = countedUpTo(2);
    await store().append(stream, 'no-stream', events);
    await store()
      .append(stream, 0, countedUpTo(3))
      .catch(() => undefined);

    expect((await all(store().readStream(stream))).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('leaves no stream behind when the first append to it was refused', async () => {
    const stream = `${ownPrefix()}iris`;
    await store()
      .append(stream, 0, [counted(1)])
      .catch(() => undefined);

    await expect(store().append(stream, 'no-stream', [counted(1)])).resolves.toMatchObject({ revision: 0 });
  });

  it('refuses an append of no events', async () => {
    await expect(store().append(`${ownPrefix()}iris`, 'no-stream', [])).rejects.toThrow(Error);
  });

  it.each([
    ['a bigint', { count: 1n }],
    ['no object', 'text'],
  ])('refuses data with %s, and writes nothing of the append', async (_, data) => {
    const stream = `${ownPrefix()}iris`;
    const bad = { ...counted(2), data } as NewEvent;

    await expect(store().append(stream, 'no-stream', [counted(1), bad])).rejects.toThrow(TypeError);
    expect(await all(store().readStream(stream))).toEqual([]);
  });

  it('lets exactly one of two writers win, every time', async () => {
    const stream = `${ownPrefix()}race`;
    let expected: number | 'no-stream' = 'no-stream';
    for (let round = 0; round < 50; round += 1) {
      const outcomes = await Promise.allSettled([
        store().append(stream, expected, [counted(round)]),
        store().append(stream, expected, [counted(round)]),
      ]);
      const lost = outcomes.filter(({ status }) => status === 'rejected');
      expect(lost).toMatchObject([{ reason: { name: 'WrongExpectedRevisionError', actual: round } }]);
      expected = round;
    }
    expect(await all(store().readStream(stream))).toHaveLength(50);
  });

  it('takes appends to many streams at once', async () => {
    const prefix = ownPrefix();
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => appendOneByOne(store(), `${prefix}${index}`, countedUpTo(5))),
    );

    const streams = await Promise.all(
      Array.from({ length: 100 }, (_, index) => all(store().readStream(`${prefix}${index}`))),
    );
    expect(streams.every((events) => events.map(({ revision }) => revision).join(' ') === '0 1 2 3 4')).toBe(
      true,
    );
  });

  it('answers an append that is sent again as it answered it first', async () => {
    const stream = `${ownPrefix()}iris`;
    const [beginning, more] = [countedUpTo(2), countedUpTo(3)];
    const first = await store().append(stream, 'no-stream', beginning);
    const second = await store().append(stream, 1, more);

    expect(await store().append(stream, 1, more)).toEqual(second);
    expect(await store().append(stream, 'no-stream', beginning)).toEqual(first);
    expect(await all(store().readStream(stream))).toHaveLength(5);
  });

  it('answers it so also when both are under way at once', async () => {
    const stream = `${ownPrefix()}iris`;
    const events = countedUpTo(2);
    const [first, again] = await Promise.all([
      store().append(stream, 'no-stream', events),
      store().append(stream, 'no-stream', events),
    ]);

    expect(again).toEqual(first);
    expect(await all(store().readStream(stream))).toHaveLength(2);
  });

  it('answers it so also after later appends', async () => {
    const stream = `${ownPrefix()}iris`;
    const events = countedUpTo(6);
    const answers = await appendOneByOne(store(), stream, events);

    expect(await store().append(stream, 1, events.slice(2, 3))).toEqual(answers[2]);
  });

  it.each([
    ['only some of its events are there', (sent: NewEvent[]) => [sent[0], counted(9)]],
    ['it goes on after the events that are there', (sent: NewEvent[]) => [...sent, counted(9)]],
    ['its events are there in another order', (sent: NewEvent[]) => sent.toReversed()],
  ])('refuses an append that looks sent again when %s', async (_, changed) => {
    const stream = `${ownPrefix()}iris`;
    const sent = countedUpTo(2);
    await store().append(stream, 'no-stream', sent);

    const refusal = store().append(stream, 'no-stream', changed(sent) as NewEvent[]);
    await expect(refusal).rejects.toThrow(WrongExpectedRevisionError);
    expect(await all(store().readStream(stream))).toHaveLength(2);
  });

  it('refuses events of the same ids at another place of the stream', async () => {
    const stream = `${ownPrefix()}iris`;
    const events = countedUpTo(2);
    await appendOneByOne(store(), stream, events);

    await expect(store().append(stream, 'no-stream', events.slice(1))).rejects.toThrow(
      WrongExpectedRevisionError,
    );
  });
}
