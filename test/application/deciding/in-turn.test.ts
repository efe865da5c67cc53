import { describe, expect, it } from '@jest/globals';
import { InTurn } from '../../../src/application/deciding/in-turn.js';

/** A task that begins when it is run and ends when it is told to. */
function task(name: string, happened: string[]) {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const run = async () => {
    happened.push(`${name} begins`);
    await ended;
    happened.push(`${name} ends`);
    return name;
  };
  return { run, end };
}

describe('tasks with the same key', () => {
  it('run one after the other, in the order of asking', async () => {
    const inTurn = new InTurn();
    const happened: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => task(name, happened));
    const running = tasks.map(({ run }) => inTurn.run('key', run));
    for (const { end } of tasks.toReversed()) end();
    expect(await Promise.all(running)).toEqual(['a', 'b', 'c']);
    expect(happened).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('do not stop when one fails, which is told to the one who asked', async () => {
    const inTurn = new InTurn();
    const failing = inTurn.run('key', () => Promise.reject(new Error('no')));
    const next = inTurn.run('key', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('run at once when the earlier ones are done', async () => {
    const inTurn = new InTurn();
    await inTurn.run('key', () => Promise.resolve());
    expect(await inTurn.run('key', () => Promise.resolve('again'))).toBe('again');
  });
});

describe('tasks with different keys', () => {
  it('run side by side', async () => {
    const inTurn = new InTurn();
    const happened: string[] = [];
    const [a, b] = [task('a', happened), task('b', happened)];
    const running = [inTurn.run('one', a.run), inTurn.run('other', b.run)];
    b.end();
    await running[1];
    a.end();
    await running[0];
    expect(happened).toEqual(['a begins', 'b begins', 'b ends', 'a ends']);
  });
});
