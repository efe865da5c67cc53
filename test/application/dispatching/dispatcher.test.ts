import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DispatchingWorld } from '../../support/dispatching-world.js';
import { SetTiming, until } from '../../support/set-timing.js';

let timing: SetTiming;
let world: DispatchingWorld;
beforeEach(() => {
  timing = new SetTiming();
  world = new DispatchingWorld(timing);
});
afterEach(() => world.end());

const isDone = (id: string, count: number) => () => {
  const { items } = world.deliveries.deliveries(id, { state: 'delivered' }, { limit: 1_000 });
  return items.length === count;
};

describe('a webhook', () => {
  it('is told what is recorded, in order, and it is on record', async () => {
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 3);
    await until(isDone('deployer', 4));
    const { received } = world.endpoints;
    expect(received.map(({ model }) => model)).toEqual(['fraud', 'fraud', 'fraud', 'fraud']);
    expect(received.map(({ position }) => position)).toEqual([2, 3, 4, 5]);
    const told = await world.told('deployer');
    expect(told).toMatchObject(
      [2, 3, 4, 5].map((position) => ({
        type: 'DeliveryAttempted',
        data: { notice: { position, model: 'fraud' }, attempt: 1, outcome: 'delivered', status: 204 },
      })),
    );
  });

  it('is told what was recorded before it was created, from where it wants', async () => {
    await world.model('fraud', 9);
    await world.webhook('deployer', { after: 7 });
    world.start();
    await until(isDone('deployer', 3));
    expect(world.endpoints.positionsOf('fraud')).toEqual([8, 9, 10]);
  });

  it('is told only what it wants', async () => {
    await world.webhook('deployer', {
      filter: { types: null, model: 'churn', from: null, to: null, tag: null },
    });
    world.start();
    await world.model('fraud', 3);
    await world.model('churn', 1);
    await until(isDone('deployer', 2));
    expect(new Set(world.endpoints.received.map(({ model }) => model))).toEqual(new Set(['churn']));
  });
});
