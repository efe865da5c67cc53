import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamRepository } from '../../../src/application/deciding/stream-repository.js';
import { InMemorySnapshots } from '../../support/in-memory-ports.js';
import { interject, spokenWords } from '../../support/spoken-words.js';
import type { Said, Words } from '../../support/spoken-words.js';
import { WatchedLog, times } from '../../support/watched-log.js';

let log: WatchedLog;
let snapshots: InMemorySnapshots;

beforeEach(() => {
  log = new WatchedLog();
  snapshots = new InMemorySnapshots();
});
afterEach(() => log.close());

/** A repository that remembers nothing, as after a start. */
function repository(kind = spokenWords): StreamRepository<Words, Said> {
  return new StreamRepository(log, snapshots, kind);
}

function words(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `word ${index}`);
}

/** From where on the stream was read, and how many events at most, since the last time of asking. */
function readings(): (readonly [number | undefined, number | undefined])[] {
  return log.reads.splice(0).map(({ options }) => [options.from, options.limit]);
}

describe('the state of a stream', () => {
  it('is read from the log', async () => {
    await interject(log, 'talk', 'a', 'b');
    expect(await repository().load('talk')).toMatchObject({ state: ['a', 'b'], revision: 1 });
  });

  it('is the initial one when there is no stream', async () => {
    expect(await repository().load('talk')).toMatchObject({ state: [], revision: 'no-stream' });
  });

  it('is read once and then remembered, even if others write', async () => {
    await interject(log, 'talk', 'a');
    const states = repository();
    await states.load('talk');
    await interject(log, 'talk', 'b');
    readings();
    expect(await states.load('talk')).toMatchObject({ state: ['a'], revision: 0 });
    expect(readings()).toEqual([]);
  });

  it('is brought up to date by reading what is new', async () => {
    await interject(log, 'talk', 'a', 'b');
    const states = repository();
    await states.load('talk');
    await interject(log, 'talk', 'c');
    readings();
    expect(await states.refresh('talk')).toMatchObject({ state: ['a', 'b', 'c'], revision: 2 });
    expect(readings()).toEqual([[2, undefined]]);
    expect(await states.load('talk')).toMatchObject({ state: ['a', 'b', 'c'], revision: 2 });
  });

  it('is brought up to date from the beginning when it was not known', async () => {
    await interject(log, 'talk', 'a');
    expect(await repository().refresh('talk')).toMatchObject({ state: ['a'], revision: 0 });
  });

  it('is what its writer says', async () => {
    const states = repository();
    states.keep('talk', { state: ['a'], revision: 0, readUpTo: 0 });
    expect(await states.load('talk')).toMatchObject({ state: ['a'], revision: 0 });
    expect(readings()).toEqual([]);
  });

  it('is read again when it was forgotten', async () => {
    const states = repository();
    states.keep('talk', { state: ['a'], revision: 0, readUpTo: 0 });
    states.forget('talk');
    expect(await states.load('talk')).toMatchObject({ state: [], revision: 'no-stream' });
  });

  it('does not fall back behind what its writer said while it was being read', async () => {
    const states = repository();
    log.afterRead = times(1, () => states.keep('talk', { state: ['a'], revision: 0, readUpTo: 0 }));
    await states.refresh('talk');
    expect(await states.load('talk')).toMatchObject({ state: ['a'], revision: 0 });
  });

  it('is forgotten when others that are used more take the room', async () => {
    const states = repository({ ...spokenWords, weightOf: () => 90_000 });
    for (const stream of ['a', 'b', 'a', 'c']) await states.load(stream);
    readings();
    await states.load('a');
    expect(readings()).toEqual([]);
    await states.load('b');
    expect(readings()).not.toEqual([]);
  });

  it('is remembered however big it is', async () => {
    const states = repository({ ...spokenWords, weightOf: () => 1_000_000 });
    await states.load('talk');
    readings();
    await states.load('talk');
    expect(readings()).toEqual([]);
  });
});

describe('the state at a revision', () => {
  beforeEach(() => interject(log, 'talk', 'a', 'b', 'c'));

  it.each([
    [0, ['a']],
    [1, ['a', 'b']],
    [2, ['a', 'b', 'c']],
  ])('%i is that right after the event there', async (revision, expected) => {
    expect(await repository().loadAt('talk', revision)).toEqual(expected);
  });

  it('is not taken for the newest', async () => {
    const states = repository();
    await states.loadAt('talk', 0);
    expect(await states.load('talk')).toMatchObject({ state: ['a', 'b', 'c'], revision: 2 });
  });

  it('is told of a stream whose newest state is remembered too', async () => {
    const states = repository();
    await states.load('talk');
    expect(await states.loadAt('talk', 1)).toEqual(['a', 'b']);
  });
});

describe('a snapshot', () => {
  it('is taken when 1,000 events had to be read', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    expect(snapshots.load('talk')).toMatchObject({ revision: 999, state: { words: words(1_000) } });
  });

  it('is not taken for fewer', async () => {
    await interject(log, 'talk', ...words(999));
    await repository().load('talk');
    expect(snapshots.load('talk')).toBeUndefined();
  });

  it('is where reading begins', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    await interject(log, 'talk', 'and on');
    readings();
    expect(await repository().load('talk')).toMatchObject({
      state: [...words(1_000), 'and on'],
      revision: 1_000,
    });
    expect(readings()).toEqual([
      [999, 1],
      [1_000, undefined],
    ]);
  });

  it('is replaced when another 1,000 events had to be read', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    expect(snapshots.load('talk')).toMatchObject({ revision: 1_999 });
  });

  it('is not used when its event is not the one in the log', async () => {
    await interject(log, 'talk', ...words(3));
    snapshots.save('talk', { revision: 1, eventId: 'another', state: { words: ['wrong'] } });
    expect(await repository().load('talk')).toMatchObject({ state: words(3), revision: 2 });
  });

  it('is not used when the log does not reach that far', async () => {
    await interject(log, 'talk', ...words(3));
    snapshots.save('talk', { revision: 7, eventId: 'another', state: { words: ['wrong'] } });
    expect(await repository().load('talk')).toMatchObject({ state: words(3), revision: 2 });
  });

  it('is not used when its shape is not known', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    const taken = snapshots.load('talk');
    snapshots.save('talk', {
      revision: 999,
      eventId: taken?.eventId ?? '',
      state: { text: 'from the future' },
    });
    expect(await repository().load('talk')).toMatchObject({ state: words(1_000), revision: 999 });
  });

  it('helps to find the state at a later revision', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    await interject(log, 'talk', 'b', 'c');
    readings();
    expect((await repository().loadAt('talk', 1_000)).slice(-2)).toEqual(['word 999', 'b']);
    expect(readings()).toEqual([
      [999, 1],
      [1_000, undefined],
    ]);
  });

  it('is passed over for the state at an earlier revision', async () => {
    await interject(log, 'talk', ...words(1_000));
    await repository().load('talk');
    expect(await repository().loadAt('talk', 2)).toEqual(words(3));
  });

  it('is not replaced by one of an earlier state', async () => {
    await interject(log, 'talk', ...words(1_500));
    await repository().load('talk');
    await repository().loadAt('talk', 1_200);
    expect(snapshots.load('talk')).toMatchObject({ revision: 1_499 });
  });
});
