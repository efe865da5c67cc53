import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { copyLog } from '../../../src/application/copying/copy-log.js';
import type { CopyProgress } from '../../../src/application/copying/copy-log.js';
import { annalsStreams } from '../../../src/application/history/annals-streams.js';
import { firstRecordedAt } from '../../../src/application/history/event-metadata.js';
import type {
  EventStore,
  ReadAllOptions,
  RecordedEvent,
} from '../../../src/application/ports/event-store.js';
import { AppendTooLargeError } from '../../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import { all, counted } from '../../support/log-events.js';
import { WatchedLog, times } from '../../support/watched-log.js';
import { contentsOf, fill, iris, takingTurns, wine } from './copied-logs.js';

const cut = () => {
  throw new Error('cut');
};

let clock: number;
let source: EmbeddedEventStore;
let target: WatchedLog;
beforeEach(async () => {
  clock = Date.UTC(2026, 0, 1);
  source = EmbeddedEventStore.open(':memory:', { now: () => (clock += 1_000) });
  target = new WatchedLog();
  await fill(source, takingTurns);
});

const copy = (to: EventStore = target, from: EventStore = source) =>
  copyLog({ source: from, target: to, streams: annalsStreams });

describe('copying a log', () => {
  it('takes every event with its id, its content, its stream and its place in the log', async () => {
    expect(await copy()).toEqual({ events: 10, streams: 3, copied: 10 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('appends what follows each other in one stream at once, and the rest one after the other', async () => {
    await copy();
    expect(target.appends.map(({ stream, types }) => [stream, types.length])).toEqual([
      [takingTurns[0], 1],
      [iris, 3],
      [wine, 1],
      [iris, 1],
      [wine, 2],
      [takingTurns[0], 1],
      [iris, 1],
    ]);
  });

  it('keeps when an event was first recorded, however often it is copied', async () => {
    await copy();
    const again = EmbeddedEventStore.open(':memory:', { now: () => clock });
    await copy(again, target);
    const times = (await all(source.readAll())).map(({ recordedAt }) => new Date(recordedAt).toISOString());
    expect((await all(target.readAll())).map(firstRecordedAt)).toEqual(times);
    expect((await all(again.readAll())).map(({ metadata }) => metadata['firstRecordedAt'])).toEqual(times);
  });

  it('finds that a copy of a copy is one of the first log too', async () => {
    const again = EmbeddedEventStore.open(':memory:', { now: () => clock });
    await copy();
    await copy(again, target);
    expect(await copy(again)).toEqual({ events: 10, streams: 3, copied: 0 });
  });

  it('leaves the streams of others where they are', async () => {
    await source.append('orders-1', 'no-stream', [counted(1)]);
    await target.log.append('orders-2', 'no-stream', [counted(2)]);
    expect(await copy()).toMatchObject({ copied: 10 });
    expect(await all(target.readStream('orders-1'))).toEqual([]);
  });

  it('copies an empty log', async () => {
    const empty = EmbeddedEventStore.open(':memory:');
    expect(await copy(target, empty)).toEqual({ events: 0, streams: 0, copied: 0 });
  });

  it('keeps the order of any history', async () => {
    const histories = fc.array(fc.constantFrom(...new Set(takingTurns)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(histories, async (streams) => {
        const from = EmbeddedEventStore.open(':memory:', { now: () => clock });
        const to = EmbeddedEventStore.open(':memory:');
        await fill(from, streams);
        expect(await copy(to, from)).toMatchObject({ events: streams.length, copied: streams.length });
        expect(await contentsOf(to)).toEqual(await contentsOf(from));
      }),
      { numRuns: 50 },
    );
  });

  it('makes appends that a server takes of events that it does not take at once', async () => {
    const text = 'x'.repeat(200_000);
    const end = (await all(source.readStream(iris))).length - 1;
    await source.append(
      iris,
      end,
      Array.from({ length: 5 }, (_, count) => counted(count, { text })),
    );
    await copy();
    expect(target.appends.map(({ types }) => types.length).slice(-3)).toEqual([3, 2, 1]);
  });

  it('says how it goes on', async () => {
    const heard: CopyProgress[] = [];
    const onProgress = (progress: CopyProgress) => void heard.push(progress);
    await copyLog({ source, target, streams: annalsStreams, onProgress });
    expect(heard[0]).toEqual({ stage: 'copying', events: 1, position: 1, head: 10 });
    expect(heard.at(-1)).toEqual({ stage: 'verifying', events: 10, position: 10, head: 10 });
  });
});

describe('a copy that was cut', () => {
  const appends = [0, 1, 2, 3, 4, 5, 6];

  it.each(appends)('goes on when append %i never reached the target', async (number) => {
    target.beforeAppend = () => (target.appends.length > number ? cut() : undefined);
    await expect(copy()).rejects.toThrow('cut');
    target.beforeAppend = () => undefined;
    expect(await copy()).toMatchObject({ events: 10 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it.each(appends)('goes on when append %i was not acknowledged', async (number) => {
    target.afterAppend = () => (target.appends.length > number ? cut() : undefined);
    await expect(copy()).rejects.toThrow('cut');
    target.afterAppend = () => undefined;
    expect(await copy()).toMatchObject({ events: 10 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('is not begun again when it is complete', async () => {
    await copy();
    target.appends.length = 0;
    expect(await copy()).toEqual({ events: 10, streams: 3, copied: 0 });
    expect(target.appends).toEqual([]);
  });
});

describe('a copy is refused', () => {
  it('when the target has a history of its own', async () => {
    await fill(target.log, [iris]);
    await expect(copy()).rejects.toThrow(/^Event 1 is Counted .* Name a target that is empty/);
    expect(target.appends).toEqual([]);
  });

  it('when the target has more than the source', async () => {
    await copy();
    await target.log.append(wine, 2, [counted(3)]);
    await expect(copy()).rejects.toThrow('The target has more than the 10 events of the source');
  });

  it('when the target is the source', async () => {
    await expect(copy(source)).rejects.toThrow('The target is the log that the source is');
  });

  it('when somebody else writes to the target meanwhile', async () => {
    target.beforeAppend = times(1, () => target.log.append(iris, 'no-stream', [counted(1)]));
    await expect(copy()).rejects.toThrow(`Stream ${iris} is at 0 in the target`);
  });

  it('when somebody else writes to the source meanwhile', async () => {
    target.beforeAppend = times(1, () => source.append(iris, 4, [counted(1)]));
    await expect(copy()).rejects.toThrow('The source has events that came while the log was copied');
    expect(await copy()).toMatchObject({ events: 11, copied: 1 });
  });

  it('when the target does not take so much at once', async () => {
    target.beforeAppend = () => {
      throw new AppendTooLargeError(iris, 10);
    };
    await expect(copy()).rejects.toThrow('Let the target take more (MaxAppendSize)');
  });
});

describe('the verification', () => {
  /** The target as it is, but for one event, when it is read the second time. */
  class Forged extends WatchedLog {
    #readings = 0;

    constructor(private readonly forge: (event: RecordedEvent) => readonly RecordedEvent[]) {
      super();
    }

    override async *readAll(options?: ReadAllOptions): AsyncGenerator<RecordedEvent, void> {
      this.#readings += 1;
      for await (const event of this.log.readAll(options)) {
        yield* this.#readings === 2 && event.position === 7 ? this.forge(event) : [event];
      }
    }
  }

  it.each<[string, Partial<RecordedEvent>]>([
    ['stream', { stream: iris }],
    ['revision', { revision: 7 }],
    ['id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['type', { type: 'Recounted' }],
    ['data', { data: { count: 6, more: true } }],
    ['metadata', { metadata: { firstRecordedAt: 'yesterday' } }],
  ])('finds another %s', async (part, forged) => {
    const forger = new Forged((event) => [{ ...event, ...forged }]);
    await expect(copy(forger)).rejects.toThrow(
      new RegExp(`^Event 7 is .* its ${part} differs. The copy is of no use.$`),
    );
  });

  it('finds an event that is not there', async () => {
    await expect(copy(new Forged(() => []))).rejects.toThrow('Event 7 is');
  });

  it('finds an event that is there twice', async () => {
    await expect(copy(new Forged((event) => [event, event]))).rejects.toThrow('Event 8 is');
  });

  it('does not mind how an id is spelt', async () => {
    const forger = new Forged((event) => [{ ...event, id: event.id.toUpperCase() }]);
    expect(await copy(forger)).toMatchObject({ events: 10 });
  });
});
