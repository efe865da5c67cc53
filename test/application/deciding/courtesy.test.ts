import { describe, expect, it } from '@jest/globals';
import { Courtesy } from '../../../src/application/deciding/courtesy.js';

describe('courtesy', () => {
  it('gives everybody a turn, in the order of asking', async () => {
    const courtesy = new Courtesy(() => 0);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map(async (each) => order.push((await courtesy.turn(), each))));
    expect(order).toEqual([1, 2, 3]);
  });

  it('gives nobody the turn of another one', async () => {
    const courtesy = new Courtesy(() => 0);
    let turns = 0;
    const first = courtesy.turn().then(() => setImmediate(() => (turns += 1)));
    const second = courtesy.turn().then(() => turns);
    await first;
    expect(await second).toBe(1);
  });

  it('lets a command go first', async () => {
    let commands = 1;
    let looks = 0;
    const courtesy = new Courtesy(() => {
      looks += 1;
      if (looks === 3) commands = 0;
      return commands;
    });
    await courtesy.turn();
    expect(looks).toBe(3);
  });

  it('does not wait for ever where commands never end', async () => {
    await new Courtesy(() => 1).turn();
  });
});
