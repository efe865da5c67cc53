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

describe('a model whose delivery fails', () => {
  const failing = (model: string, times = Infinity) => {
    let failures = 0;
    world.endpoints.answers = (received) =>
      received.model === model && (failures += 1) <= times ? { status: 500 } : {};
  };

  it('gets nothing else before that is delivered, and holds up no other model', async () => {
    failing('fraud', 1);
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 2);
    await world.model('churn', 2);
    await until(isDone('deployer', 3));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2]);
    await timing.passUntil(isDone('deployer', 6));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2, 2, 3, 4]);
  });

  it('is tried again on the schedule, always with the same id, and then parked; the next one follows', async () => {
    failing('fraud', 10);
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 1);
    await until(() => world.endpoints.received.length === 1);
    await timing.passUntil(isDone('deployer', 1));
    expect(world.endpoints.positionsOf('fraud')).toEqual([...Array(10).fill(2), 3]);
    expect(new Set(world.endpoints.received.slice(0, 10).map(({ noticeId }) => noticeId)).size).toBe(1);
    expect(world.endpoints.received.map(({ attempt }) => attempt)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1,
    ]);
    expect(world.deliveries.progress('deployer')).toMatchObject({ open: 0, parked: 1, through: 3 });
  });

  it('is left alone for as long as the endpoint asks', async () => {
    world.endpoints.answers = () => ({ status: 503, retryAfter: 60_000 });
    await world.webhook('deployer');
    world.start();
    await world.model('fraud');
    await until(() => world.deliveries.progress('deployer')?.open === 1);
    await timing.pass(59_000);
    expect(world.endpoints.received).toHaveLength(1);
    await timing.passUntil(() => world.endpoints.received.length === 2);
  });
});

describe('an endpoint that fails', () => {
  const models = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  let works: boolean;
  beforeEach(async () => {
    works = false;
    // The endpoint fails one request after the other, so that it is known which of them opens the circuit.
    world.endpoints.answers = () => (works ? {} : { status: 500 });
    await world.webhook('deployer');
  });
  const failFive = async () => {
    world.start();
    for (const model of models.slice(0, 5)) {
      await world.model(model);
      await until(
        () =>
          world.deliveries.deliveries('deployer', { state: 'open' }, { limit: 9 }).items.length >
          models.indexOf(model),
      );
    }
    await until(() => world.deliveries.progress('deployer')?.circuitOpenUntil !== null);
  };

  it('is sent nothing for a minute after five failures in a row, and then one request', async () => {
    await failFive();
    expect(world.deliveries.progress('deployer')).toMatchObject({ failuresInRow: 5, open: 5 });
    await world.model('f');
    await timing.pass(59_000);
    expect(world.endpoints.received).toHaveLength(5);
    await timing.passUntil(() => world.endpoints.received.length === 6);
    await until(() => world.deliveries.progress('deployer')?.failuresInRow === 6);
    await timing.pass(119_000);
    expect(world.endpoints.received).toHaveLength(6);
  });

  it('is told everything that waits as soon as it works again', async () => {
    await failFive();
    for (const model of models.slice(5)) await world.model(model, 2);
    works = true;
    await timing.passUntil(isDone('deployer', 14));
    expect(world.deliveries.progress('deployer')).toMatchObject({ circuitOpenUntil: null, failuresInRow: 0 });
    const types = (await world.told('deployer')).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('Circuit'))).toEqual(['CircuitOpened', 'CircuitClosed']);
  });

  it('does not hold up another one', async () => {
    await failFive();
    world.endpoints.answers = ({ url }) => (url.includes('other') ? {} : { status: 500 });
    await world.webhook('other');
    await timing.passUntil(isDone('other', 5));
  });

  it('is sent no more than sixteen requests at once', async () => {
    works = true;
    const { promise, resolve } = Promise.withResolvers<object>();
    world.endpoints.answers = () => promise;
    for (let model = 0; model < 40; model += 1) await world.model(`model-${model}`);
    world.start();
    await until(() => world.endpoints.underWay === 16);
    await timing.pass(100);
    expect(world.endpoints.mostUnderWay).toBe(16);
    resolve({});
    await until(isDone('deployer', 40));
    expect(world.endpoints.mostUnderWay).toBe(16);
  });

  it('is disabled at once when it says that it is gone', async () => {
    world.endpoints.answers = () => ({ status: 410 });
    world.start();
    await world.model('fraud', 3);
    await until(() => world.webhooks.webhook('deployer')?.status === 'disabled');
    await timing.pass(60_000);
    expect(world.disabled).toEqual([{ webhookId: 'deployer', reason: 'gone' }]);
    expect(world.endpoints.received).toHaveLength(1);
    world.endpoints.answers = () => ({});
    await world.wish('deployer', { type: 'WebhookResumed', data: { after: null } });
    await timing.passUntil(isDone('deployer', 4));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2, 2, 3, 4, 5]);
  });

  it('is disabled when a delivery is parked and nothing has arrived for five days', async () => {
    world.start();
    await world.model('fraud', 1);
    await until(() => world.endpoints.received.length === 1);
    await timing.pass(4 * 24 * 3_600_000);
    expect(world.disabled).toEqual([]);
    await timing.passUntil(() => world.webhooks.webhook('deployer')?.status === 'disabled');
    expect(world.disabled).toEqual([{ webhookId: 'deployer', reason: 'failing' }]);
  });
});

describe('a redelivery', () => {
  beforeEach(async () => {
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 2);
    await until(isDone('deployer', 3));
  });

  it('of one goes out once more, with the same id', async () => {
    const [first] = world.endpoints.received;
    await world.wish('deployer', { type: 'RedeliveryRequested', data: { noticeId: first?.noticeId ?? '' } });
    await timing.passUntil(() => world.endpoints.received.length === 4);
    const last = world.endpoints.received.at(-1);
    expect(last).toEqual({ ...first, redelivery: expect.any(String) });
    await until(() => world.deliveries.progress('deployer')?.open === 0);
  });

  it('of a range goes out in order', async () => {
    await world.wish('deployer', { type: 'RedeliveryRequested', data: { from: 3, to: 4 } });
    await timing.passUntil(
      () => world.deliveries.progress('deployer')?.open === 0 && world.endpoints.received.length === 5,
    );
    expect(world.endpoints.positionsOf('fraud').slice(3)).toEqual([3, 4]);
  });

  it('of what is waiting for its retry goes out at once', async () => {
    world.endpoints.answers = ({ attempt, redelivery }) =>
      attempt < 3 && redelivery === null ? { status: 500 } : {};
    const position = await world.change('fraud');
    await until(() => world.deliveries.progress('deployer')?.open === 1);
    await world.wish('deployer', { type: 'RedeliveryRequested', data: { from: position, to: position } });
    await timing.passUntil(isDone('deployer', 4));
    expect(world.endpoints.received.at(-1)).toMatchObject({ position, attempt: 1 });
  });
});

describe('a webhook that is paused', () => {
  it('is told nothing until it is resumed, and then everything', async () => {
    await world.webhook('deployer');
    world.start();
    await world.model('fraud');
    await until(isDone('deployer', 1));
    await world.wish('deployer', { type: 'WebhookPaused', data: {} });
    await until(() => world.webhooks.webhook('deployer')?.status === 'paused');
    await world.change('fraud');
    await timing.pass(60_000);
    expect(world.endpoints.received).toHaveLength(1);
    await world.wish('deployer', { type: 'WebhookResumed', data: { after: null } });
    await timing.passUntil(isDone('deployer', 2));
    expect(world.endpoints.received).toHaveLength(2);
  });

  it('goes on after another place when it is resumed there', async () => {
    await world.webhook('deployer');
    world.start();
    await world.wish('deployer', { type: 'WebhookPaused', data: {} });
    await until(() => world.webhooks.webhook('deployer')?.status === 'paused');
    await world.model('fraud', 2);
    const after = await world.change('fraud');
    await world.wish('deployer', { type: 'WebhookResumed', data: { after } });
    const next = await world.change('fraud');
    await timing.passUntil(isDone('deployer', 1));
    expect(world.endpoints.positionsOf('fraud')).toEqual([next]);
  });
});

describe('a webhook that is paused and resumed elsewhere at once', () => {
  it('is not told what happened meanwhile', async () => {
    await world.webhook('deployer');
    world.start();
    await world.model('fraud');
    await until(isDone('deployer', 1));
    await world.wish('deployer', { type: 'WebhookPaused', data: {} });
    const meanwhile = await world.change('fraud');
    await world.wish('deployer', { type: 'WebhookResumed', data: { after: meanwhile } });
    const next = await world.change('fraud');
    await timing.passUntil(isDone('deployer', 2));
    expect(world.endpoints.positionsOf('fraud').slice(1)).toEqual([next]);
  });
});

describe('a webhook that is changed', () => {
  it('uses its new settings from the next attempt on', async () => {
    world.endpoints.answers = ({ url }) => (url.includes('broken') ? { status: 500 } : {});
    await world.webhook('broken');
    world.start();
    await world.model('fraud');
    await until(() => world.deliveries.progress('broken')?.open === 1);
    const settings = world.webhooks.webhook('broken');
    if (settings === undefined) throw new Error('It is gone');
    const { name, description, format, filter } = settings;
    const url = 'https://mended.example';
    await world.wish('broken', { type: 'WebhookUpdated', data: { name, description, format, filter, url } });
    await timing.passUntil(isDone('broken', 1));
    expect(world.endpoints.received.map((received) => received.url)).toEqual(['https://broken.example', url]);
  });
});

describe('a dispatcher that takes over', () => {
  it('sends what is open, and nothing that was delivered', async () => {
    world.endpoints.answers = ({ position }) => (position === 3 ? { status: 500 } : {});
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 2);
    await world.model('churn', 2);
    await until(isDone('deployer', 4));
    await world.stop();
    world.endpoints.answers = () => ({});
    world.start();
    await timing.passUntil(isDone('deployer', 6));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2, 3, 3, 4]);
    expect(world.endpoints.positionsOf('churn')).toEqual([5, 6, 7]);
  });

  it('keeps the circuit open', async () => {
    world.endpoints.answers = () => ({ status: 500 });
    await world.webhook('deployer');
    world.start();
    for (const model of ['a', 'b', 'c', 'd', 'e']) await world.model(model);
    await until(() => world.deliveries.progress('deployer')?.circuitOpenUntil !== null);
    await world.stop();
    const sent = world.endpoints.received.length;
    world.start();
    await timing.pass(50_000);
    expect(world.endpoints.received).toHaveLength(sent);
  });

  it('sends again what was under way when the one before it was cut off', async () => {
    world.endpoints.answers = () => new Promise(() => undefined);
    await world.webhook('deployer');
    world.start();
    await world.model('fraud', 1);
    await until(() => world.endpoints.underWay === 1);
    let isOver = false;
    const stopped = world.stop().finally(() => (isOver = true));
    await timing.passUntil(() => isOver);
    await stopped;
    expect(await world.told('deployer')).toEqual([]);
    world.endpoints.answers = () => ({});
    world.start();
    await until(isDone('deployer', 2));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2, 2, 3]);
  });
});

describe('what a dispatcher puts on record', () => {
  it('goes on where it is when somebody else has written there', async () => {
    await world.webhook('deployer');
    world.start();
    await world.model('fraud');
    await until(isDone('deployer', 1));
    await world.intrude('deployer');
    const position = await world.change('fraud');
    await until(() => world.failures.length > 0);
    await timing.passUntil(isDone('deployer', 2));
    expect(world.endpoints.positionsOf('fraud')).toEqual([2, position, position]);
  });

  it('says that much was passed that a webhook does not want', async () => {
    await world.webhook('deployer', {
      filter: { types: null, model: 'churn*', from: null, to: null, tag: null },
    });
    await world.model('fraud', 10_500);
    world.start();
    await until(async () => (await world.told('deployer')).length > 0);
    const [passed] = await world.told('deployer');
    expect(passed?.type).toBe('DeliveriesPassed');
    await until(() => (world.deliveries.progress('deployer')?.through ?? 0) >= 10_000);
  });
});
