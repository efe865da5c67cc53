import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Rest } from '../../src/projections/rest.js';

describe('a rest', () => {
  it('ends by itself', async () => {
    await expect(new Rest().after(1)).resolves.toBeUndefined();
  });

  it('is much longer after one during which others kept the thread busy', async () => {
    const rest = new Rest();
    const busy = rest.after(20);
    for (const until = performance.now() + 60; performance.now() < until;);
    await busy;

    const longer = rest.after(20).then(() => 'ended');
    expect(await Promise.race([longer, pause(100, 'goes on')])).toBe('goes on');
    rest.end();
  });

  it('ends at once when somebody waits', async () => {
    const rest = new Rest();
    const ended = rest.after(1_000).then(() => 'ended');
    rest.end();
    expect(await Promise.race([ended, pause(80, 'goes on')])).toBe('ended');
  });
});
