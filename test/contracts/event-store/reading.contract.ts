import { beforeEach, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '../../../src/application/ports/event-store.js';
import {
  all,
  appendLong,
  appendOneByOne,
  counted,
  countedUpTo,
  ownPrefix,
} from '../../support/log-events.js';

export function readingContract(store: () => EventStore): void {
  let prefix: string;
  beforeEach(() => {
    prefix = ownPrefix();
  });

  it('reads a stream from its first event to its last', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(4));

    const events = await all(store().readStream(`${prefix}iris`));
    expect(revisions(events)).toEqual([0, 1, 2, 3]);
    expect(events.map(({ data }) => data['count'])).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [{ direction: 'backwards' }, [4, 3, 2, 1, 0]],
    [{ from: 3 }, [3, 4]],
    [{ from: 3, direction: 'backwards' }, [3, 2, 1, 0]],
    [{ limit: 2 }, [0, 1]],
    [{ limit: 2, direction: 'backwards' }, [4, 3]],
    [{ from: 1, limit: 2 }, [1, 2]],
    [{ from: 2, limit: 2, direction: 'backwards' }, [2, 1]],
    [{ from: 5 }, []],
    [{ from: 9, direction: 'backwards' }, [4, 3, 2, 1, 0]],
    [{ limit: 0 }, []],
  ] as const)('reads of a stream of five with %j the revisions %j', async (options, expected) => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(5));

    expect(revisions(await all(store().readStream(`${prefix}iris`, options)))).toEqual(expected);
  });

  it('reads a missing stream as empty', async () => {
    expect(await all(store().readStream(`${prefix}missing`))).toEqual([]);
    expect(await all(store().readStream(`${prefix}missing`, { direction: 'backwards' }))).toEqual([]);
  });

  it('reads only the stream that was asked for', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(2));
    await store().append(`${prefix}iris-2`, 'no-stream', countedUpTo(3));

    const events = await all(store().readStream(`${prefix}iris`));
    expect(events.map(({ stream }) => stream)).toEqual([`${prefix}iris`, `${prefix}iris`]);
  });

  it('reads a stream of 5,000 events, both ways', async () => {
    const stream = `${prefix}long`;
    await appendLong(store(), stream, 5_000);

    const forwards = revisions(await all(store().readStream(stream)));
    const backwards = revisions(await all(store().readStream(stream, { direction: 'backwards' })));
    expect(forwards).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
    expect(backwards).toEqual(forwards.toReversed());
  });

  it('can be left in the middle of a reading', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(1_000));
    for await (const event of store().readStream(`${prefix}iris`)) {
      if (event.revision === 2) {
        break;
      }
    }

    await expect(store().append(`${prefix}iris`, 999, [counted(0)])).resolves.toMatchObject({
      revision: 1_000,
    });
  });

  it('gives rising positions over all streams, in the order of the appends', async () => {
    const first = await store().append(`${prefix}a`, 'no-stream', countedUpTo(3));
    const second = await store().append(`${prefix}b`, 'no-stream', countedUpTo(2));
    const third = await store().append(`${prefix}a`, 2, countedUpTo(1));

    const events = await all(store().readAll({ filter: { streamPrefixes: [prefix] } }));
    const positions = events.map(({ position }) => position);
    expect(events.map(({ stream }) => stream.slice(prefix.length)).join('')).toBe('aaabba');
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect([positions[2], positions[4], positions[5]]).toEqual([
      first.position,
      second.position,
      third.position,
    ]);
  });

  it('reads the whole log from a position on, the event there included', async () => {
    const answers = await appendOneByOne(store(), `${prefix}iris`, countedUpTo(5));
    const from = answers[2]?.position ?? 0;

    const filter = { streamPrefixes: [prefix] };
    expect(revisions(await all(store().readAll({ from, filter })))).toEqual([2, 3, 4]);
    const backwards = store().readAll({ from, filter, direction: 'backwards' });
    expect(revisions(await all(backwards))).toEqual([2, 1, 0]);
  });

  it('reads the whole log backwards from its end', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));

    const options = { direction: 'backwards', filter: { streamPrefixes: [prefix] } } as const;
    expect(revisions(await all(store().readAll(options)))).toEqual([2, 1, 0]);
    expect(revisions(await all(store().readAll({ ...options, limit: 1 })))).toEqual([2]);
  });

  it('reads without a filter what everybody wrote', async () => {
    const { position: from } = await store().append(`${prefix}a`, 'no-stream', [counted(1)]);
    await store().append(`other${prefix}b`, 'no-stream', [counted(2)]);

    const streams = (await all(store().readAll({ from }))).map(({ stream }) => stream);
    expect(streams).toEqual(expect.arrayContaining([`${prefix}a`, `other${prefix}b`]));
  });

  it('reads only streams that start with one of the prefixes', async () => {
    for (const stream of ['a-1', 'b-1', 'ab-1', 'a', 'c-1', 'a-', 'A-1']) {
      await store().append(`${prefix}${stream}`, 'no-stream', [counted(1)]);
    }

    const filter = { streamPrefixes: [`${prefix}a-`, `${prefix}c`] };
    const streams = (await all(store().readAll({ filter }))).map(({ stream }) => stream);
    expect(streams).toEqual(['a-1', 'c-1', 'a-'].map((stream) => `${prefix}${stream}`));
  });

  it.each(['%', '_', '\u{d7ff}', '\u{ffff}', '🌱', '\u{10ffff}'])(
    'takes the prefix %j literally',
    async (end) => {
      const inside = [`${prefix}${end}`, `${prefix}${end}x`, `${prefix}${end}\u{10ffff}`];
      const outside = [`${prefix}x`, `${prefix}\u{e000}`, `${prefix}🌲`];
      for (const stream of [...inside, ...outside]) {
        await store().append(stream, 'no-stream', [counted(1)]);
      }

      const found = await all(store().readAll({ filter: { streamPrefixes: [`${prefix}${end}`] } }));
      expect(found.map(({ stream }) => stream)).toEqual(inside);
    },
  );

  it('counts only what passes the filter towards the limit', async () => {
    for (let index = 0; index < 4; index += 1) {
      await store().append(`${prefix}a-${index}`, 'no-stream', countedUpTo(2));
      await store().append(`${prefix}b-${index}`, 'no-stream', countedUpTo(2));
    }

    const events = await all(store().readAll({ limit: 3, filter: { streamPrefixes: [`${prefix}b-`] } }));
    expect(events.map(({ stream }) => stream.slice(prefix.length))).toEqual(['b-0', 'b-0', 'b-1']);
  });

  it('reads up to the head that there was when its first event came', async () => {
    await store().append(`${prefix}iris`, 'no-stream', countedUpTo(3));
    const log = store().readAll({ filter: { streamPrefixes: [prefix] } });
    const reading = log[Symbol.asyncIterator]();
    const first = await reading.next();
    await store().append(`${prefix}iris`, 2, countedUpTo(1));

    const read = [first.value as RecordedEvent, ...(await all({ [Symbol.asyncIterator]: () => reading }))];
    expect(revisions(read)).toEqual([0, 1, 2]);
  });

  it('reads a log of thousands of events in order, both ways', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store().append(`${prefix}${index}`, 'no-stream', countedUpTo(250)),
      ),
    );

    const filter = { streamPrefixes: [prefix] };
    const forwards = (await all(store().readAll({ filter }))).map(({ position }) => position);
    const backwards = (await all(store().readAll({ filter, direction: 'backwards' }))).map(
      ({ position }) => position,
    );
    expect(forwards).toHaveLength(5_000);
    expect(forwards).toEqual([...new Set(forwards)].sort((a, b) => a - b));
    expect(backwards).toEqual(forwards.toReversed());
  });
}

function revisions(events: readonly RecordedEvent[]): number[] {
  return events.map(({ revision }) => revision);
}
