import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamMailboxes } from '../../../src/application/deciding/stream-mailboxes.js';
import { StreamRepository } from '../../../src/application/deciding/stream-repository.js';
import {
  AppendTooLargeError,
  LogUnavailableError,
  WrongExpectedRevisionError,
} from '../../../src/application/ports/event-store.js';
import { InMemorySnapshots } from '../../support/in-memory-ports.js';
import {
  SaidBeforeError,
  hear,
  interject,
  said,
  say,
  sayFirst,
  sayOnce,
  spokenWords,
  wordsIn,
} from '../../support/spoken-words.js';
import type { Said, Words } from '../../support/spoken-words.js';
import { WatchedLog, times } from '../../support/watched-log.js';

let log: WatchedLog;
let mailboxes: StreamMailboxes<Words, Said>;

beforeEach(() => {
  log = new WatchedLog();
  const repository = new StreamRepository(log, new InMemorySnapshots(), spokenWords);
  mailboxes = new StreamMailboxes(log, repository, spokenWords.decider.evolve);
});
afterEach(() => log.close());

function post(request: Parameters<typeof mailboxes.post>[1]) {
  return mailboxes.post('talk', request);
}

/** What becomes of promises, in the order in which it becomes known. */
function outcomes(promises: Readonly<Record<string, Promise<unknown>>>): string[] {
  const order: string[] = [];
  for (const [name, promise] of Object.entries(promises)) {
    promise.then(
      () => order.push(`${name} done`),
      () => order.push(`${name} refused`),
    );
  }
  return order;
}

describe('a mailbox', () => {
  it('sends what waits together in one append', async () => {
    await Promise.all([post(say('a')), post(say('b', 'c')), post(say('d'))]);
    expect(log.appends).toEqual([{ stream: 'talk', expected: 'no-stream', types: Array(4).fill('Said') }]);
    expect(await wordsIn(log, 'talk')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sends what arrives during an append in the next one, together', async () => {
    const later: Promise<unknown>[] = [];
    log.beforeAppend = times(1, () => later.push(post(say('b')), post(say('c'))));
    await post(say('a'));
    await Promise.all(later);
    expect(log.appends.map(({ expected, types }) => [expected, types.length])).toEqual([
      ['no-stream', 1],
      [0, 2],
    ]);
  });

  it('sends at most 256 commands in one append', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, index) => post(say(`word ${index}`))));
    expect(log.appends.map(({ types }) => types.length)).toEqual([256, 44]);
  });

  it('decides each command on what the ones before it brought about', async () => {
    const [first, second] = await Promise.all([post(sayOnce('a')), post(sayOnce('a'))]);
    expect([first.events, second.events]).toEqual([[said('a')], []]);
  });

  it('answers each command with the state right after it', async () => {
    const decided = await Promise.all([
      post(say('a')),
      post(say('b', 'c')),
      post(sayOnce('a')),
      post(say('d')),
    ]);
    expect(decided.map(({ state, revision }) => [state.join(' '), revision])).toEqual([
      ['a', 0],
      ['a b c', 2],
      ['a b c', 2],
      ['a b c d', 3],
    ]);
  });

  it('answers with the position by which everything of the command can be read', async () => {
    const [first, second] = await Promise.all([post(say('a')), post(say('b'))]);
    const head = await log.head();
    expect([first.position, second.position]).toEqual([head, head]);
  });

  it('answers a command that changed nothing with the position of what it saw', async () => {
    await post(say('a'));
    expect(await post(sayOnce('a'))).toEqual({
      state: ['a'],
      events: [],
      revision: 0,
      position: await log.head(),
    });
  });

  it('answers a command that changed nothing in an empty stream with no revision', async () => {
    const nothing = await post({ decide: () => [], metadata: () => ({}) });
    expect(nothing).toEqual({ state: [], events: [], revision: undefined, position: 0 });
  });

  it('appends nothing when nothing changes', async () => {
    await post(say('a'));
    await post(sayOnce('a'));
    expect(log.appends).toHaveLength(1);
  });

  it('answers in the order of asking', async () => {
    const asked = { a: post(say('a')), b: post(hear('x')), c: post(sayOnce('a')), d: post(say('d')) };
    const order = outcomes(asked);
    await Promise.allSettled(Object.values(asked));
    expect(order).toEqual(['a done', 'b refused', 'c done', 'd done']);
  });

  it('says of each event whether it is the last of its command', async () => {
    const request = { ...say('a', 'b'), metadata: ({ last }: { last: boolean }) => ({ last }) };
    await Promise.all([post(request), post(request)]);
    const lasts: unknown[] = [];
    for await (const { metadata } of log.readStream('talk')) lasts.push(metadata['last']);
    expect(lasts).toEqual([false, true, false, true]);
  });

  it('gives every event an id of its own', async () => {
    await Promise.all([post(say('a', 'a')), post(say('a'))]);
    const ids = new Set<string>();
    for await (const { id } of log.readStream('talk')) ids.add(id);
    expect(ids.size).toBe(3);
  });

  it('serves streams side by side', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    log.beforeAppend = (stream) => (stream === 'slow' ? held : undefined);
    const slow = mailboxes.post('slow', say('a'));
    await mailboxes.post('quick', say('b'));
    letGo();
    expect(await slow).toMatchObject({ state: ['a'] });
  });

  it('counts what waits or is being decided', async () => {
    const asked = [post(say('a')), post(hear('x')), mailboxes.post('another', say('b'))];
    expect(mailboxes.depth).toBe(3);
    await Promise.allSettled(asked);
    await post(say('c'));
    expect(mailboxes.depth).toBe(1);
  });
});

describe('a refusal', () => {
  it('is told to the one whose command it was, and to no other', async () => {
    const asked = [post(say('a')), post(sayFirst('a')), post(say('b'))];
    const settled = await Promise.allSettled(asked);
    expect(settled).toMatchObject([
      { status: 'fulfilled' },
      { reason: new SaidBeforeError('a') },
      { status: 'fulfilled' },
    ]);
    expect(await wordsIn(log, 'talk')).toEqual(['a', 'b']);
  });

  it('is told only when the events on which it rests are on disk', async () => {
    const asked = { said: post(say('a')), rests: post(sayFirst('a')) };
    const order = outcomes(asked);
    log.afterAppend = () => order.push('on disk');
    await Promise.allSettled(Object.values(asked));
    expect(order).toEqual(['on disk', 'said done', 'rests refused']);
  });

  it('is not told at all when the events on which it rests could not be stored', async () => {
    log.beforeAppend = times(1, () => {
      throw new LogUnavailableError('disk full');
    });
    const settled = await Promise.allSettled([post(say('a')), post(sayFirst('a'))]);
    expect(settled.map((one) => one.status === 'rejected' && one.reason)).toEqual([
      new LogUnavailableError('disk full'),
      new LogUnavailableError('disk full'),
    ]);
  });
});

describe('when another writer is faster', () => {
  it('the commands are decided again on what it wrote', async () => {
    log.beforeAppend = times(1, () => interject(log.log, 'talk', 'x'));
    const [first, second] = await Promise.all([post(say('a')), post(say('b'))]);
    expect(first.state).toEqual(['x', 'a']);
    expect(second.state).toEqual(['x', 'a', 'b']);
    expect(await wordsIn(log, 'talk')).toEqual(['x', 'a', 'b']);
  });

  it('they are so as often as it takes', async () => {
    await post(say('a'));
    log.beforeAppend = times(10, () => interject(log.log, 'talk', 'x'));
    expect(await post(say('b'))).toMatchObject({
      state: ['a', ...Array<string>(10).fill('x'), 'b'],
      revision: 11,
    });
    expect(log.appends).toHaveLength(12);
  });

  it('only what it wrote is read', async () => {
    await post(say('a', 'b', 'c'));
    log.reads.length = 0;
    log.beforeAppend = times(2, () => interject(log.log, 'talk', 'x'));
    await post(say('d'));
    expect(log.reads.map(({ options }) => options.from)).toEqual([3, 4]);
  });

  it('a command that was all right may be refused', async () => {
    log.beforeAppend = times(1, () => interject(log.log, 'talk', 'a'));
    const settled = await Promise.allSettled([post(sayFirst('a')), post(say('b'))]);
    expect(settled).toMatchObject([{ reason: new SaidBeforeError('a') }, { value: { state: ['a', 'b'] } }]);
  });

  it('a command that would have been refused may be all right', async () => {
    log.beforeAppend = times(1, () => interject(log.log, 'talk', 'x'));
    const settled = await Promise.allSettled([post(say('a')), post(hear('x'))]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('a command may turn out to change nothing', async () => {
    log.beforeAppend = times(1, () => interject(log.log, 'talk', 'a'));
    expect(await post(sayOnce('a'))).toMatchObject({ events: [], state: ['a'], revision: 0 });
  });

  it('a writer that is faster every time is given in to after 50 attempts', async () => {
    log.beforeAppend = () => interject(log.log, 'talk', 'x');
    await expect(post(say('a'))).rejects.toThrow(WrongExpectedRevisionError);
    expect(log.appends).toHaveLength(50);
  });
});

describe('a state that is not the newest any more', () => {
  beforeEach(async () => {
    await post(say('a'));
    await interject(log.log, 'talk', 'x');
  });

  it('is no reason to refuse a command', async () => {
    await expect(post(hear('x'))).resolves.toMatchObject({ state: ['a', 'x'] });
  });

  it('is no reason to do nothing', async () => {
    const unlessSilent = { ...say(), decide: (words: Words) => (words.includes('x') ? [said('b')] : []) };
    await expect(post(unlessSilent)).resolves.toMatchObject({ state: ['a', 'x', 'b'] });
  });

  it('is not read again when an append proves it to be the newest', async () => {
    await post(say('b'));
    log.reads.length = 0;
    await Promise.allSettled([post(say('c')), post(hear('y'))]);
    expect(log.reads).toEqual([]);
  });
});

describe('when the log cannot be written', () => {
  const diskFull = new LogUnavailableError('disk full');

  it('all commands of the append are told', async () => {
    log.beforeAppend = times(1, () => {
      throw diskFull;
    });
    const settled = await Promise.allSettled([post(say('a')), post(say('b'))]);
    expect(settled).toEqual([
      { status: 'rejected', reason: diskFull },
      { status: 'rejected', reason: diskFull },
    ]);
  });

  it('the next command finds a log that can be', async () => {
    await post(say('a'));
    log.beforeAppend = times(1, () => {
      throw diskFull;
    });
    await expect(post(say('b'))).rejects.toThrow(diskFull);
    expect(await post(say('c'))).toMatchObject({ state: ['a', 'c'], revision: 1 });
  });

  it('what waited meanwhile is tried in its turn', async () => {
    const later: Promise<unknown>[] = [];
    log.beforeAppend = times(1, () => {
      later.push(post(say('b')));
      throw diskFull;
    });
    await expect(post(say('a'))).rejects.toThrow(diskFull);
    await Promise.all(later);
    expect(await wordsIn(log, 'talk')).toEqual(['b']);
  });

  it('the state is read from it again, because the events may be stored all the same', async () => {
    await post(say('a'));
    log.afterAppend = times(1, () => {
      throw diskFull;
    });
    await expect(post(say('b'))).rejects.toThrow(diskFull);
    log.reads.length = 0;
    expect(await post(say('c'))).toMatchObject({ state: ['a', 'b', 'c'] });
    expect(log.reads).toEqual([{ stream: 'talk', options: { from: 0 } }]);
  });

  it('nothing of it is counted as waiting any more', async () => {
    log.beforeAppend = () => {
      throw diskFull;
    };
    await Promise.allSettled([post(say('a')), post(say('b'))]);
    log.beforeAppend = () => {};
    await post(say('c'));
    expect(mailboxes.depth).toBe(1);
  });
});

describe('when an append is larger than the log takes at once', () => {
  const tooLarge = new AppendTooLargeError('talk', 1_000);

  it('it is sent in parts', async () => {
    log.beforeAppend = () => {
      if ((log.appends.at(-1)?.types.length ?? 0) > 2) throw tooLarge;
    };
    const posted = ['a', 'b', 'c', 'd', 'e'].map((word) => post(say(word)));
    const revisions = (await Promise.all(posted)).map(({ revision }) => revision);
    expect(revisions).toEqual([0, 1, 2, 3, 4]);
    expect(await wordsIn(log, 'talk')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('only the command is refused that is too large by itself', async () => {
    log.beforeAppend = () => {
      if ((log.appends.at(-1)?.types.length ?? 0) > 1) throw tooLarge;
    };
    const settled = await Promise.allSettled([post(say('a')), post(say('b', 'c')), post(say('d'))]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await wordsIn(log, 'talk')).toEqual(['a', 'd']);
  });
});

describe('when the log cannot be read', () => {
  it('the command is told, and the next one is served', async () => {
    log.afterRead = times(1, () => {
      throw new Error('unreadable');
    });
    await expect(post(say('a'))).rejects.toThrow('unreadable');
    expect(await post(say('b'))).toMatchObject({ state: ['b'] });
  });
});
