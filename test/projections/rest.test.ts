import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Rest } from '../../src/projections/rest.js';

describe('a rest', () => {
  it('ends by itself', async () => {
    await expect(new Rest().after(1)).resolves.toBeUndefined();
  });

  it('ends at once when somebody waits', async () => {
    const rest = new Rest();
    const ended = rest.after(1_000).then(() => 'ended');
    rest.end();
    expect(await Promise.race([ended, pause(80, 'goes on')])).toBe('ended');
  });
});
