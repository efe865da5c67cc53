import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import type { DispatchingParts } from '../../../src/application/dispatching/dispatching-parts.js';
import { Lease } from '../../../src/application/dispatching/lease.js';
import type { Held } from '../../../src/application/dispatching/lease.js';
import { WebhookSender } from '../../../src/application/ports/webhook-sender.js';
import { SystemTiming } from '../../../src/infrastructure/clock/system-timing.js';
import { DispatchingWorld } from '../../support/dispatching-world.js';
import type { Received } from '../../support/dispatching-world.js';
import { until } from '../../support/set-timing.js';

const never = new Promise<never>(() => undefined);

/**
 * A dispatcher that dies after so many steps: what it does from then on has no effect, and what it waits for never
 * comes. A step is a request or an append, and it may die before or after the endpoint or the log has got it.
 */
class Mortal {
  readonly dead = Promise.withResolvers<void>();
  #steps = 0;

  constructor(private readonly lives: number) {}

  async #step<Result>(take: () => Promise<Result>): Promise<Result> {
    if (this.#isDead()) return never;
    const result = await take();
    return this.#isDead() ? never : result;
  }

  #isDead(): boolean {
    this.#steps += 1;
    if (this.#steps <= this.lives) return false;
    this.dead.resolve();
    return true;
  }

  /** The parts of a world as this one reaches them. */
  reached({ store, sender }: DispatchingParts): Partial<DispatchingParts> {
    const step = <Result>(take: () => Promise<Result>) => this.#step(take);
    const mortalStore = new Proxy(store, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name !== 'append') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        return (...args: Parameters<EventStore['append']>) => step(() => target.append(...args));
      },
    });
    class MortalSender extends WebhookSender {
      override send(...args: Parameters<WebhookSender['send']>) {
        return step(() => sender.send(...args));
      }

      override async refuseUnreachable(): Promise<void> {}
    }
    return { store: mortalStore, sender: new MortalSender() };
  }
}

/** Nobody looks whether this one lives: what it does when it is dead is without effect. */
class Abandoned extends Lease {
  override readonly isHeld = true;

  constructor(private readonly lost: AbortSignal) {
    super();
  }

  /** Once it is lost it never comes back. */
  override async hold(work: (held: Held) => Promise<void>, until: AbortSignal): Promise<void> {
    await work({ lost: this.lost, isHeld: () => !this.lost.aborted });
    if (!until.aborted) await once(until, 'abort');
  }
}

const models = ['a', 'b', 'c'];
const quick = { retries: [0, 1, 1, 1, 1, 1, 1, 1, 1, 1], cooldowns: [1] };

/** Whether each model's notices come in their order; one may come again, but none before those before it. */
function isInOrder(received: readonly Received[]): boolean {
  return models.every((model) => {
    const positions = received.filter((each) => each.model === model).map(({ position }) => position);
    return positions.every((position, index) => index === 0 || position >= (positions[index - 1] ?? 0));
  });
}

it('tells everything, in order for each model, wherever dispatchers die and others take over', async () => {
  const history = fc.array(fc.constantFrom(...models), { minLength: 3, maxLength: 12 });
  const lives = fc.array(fc.nat(12), { maxLength: 4 });
  const failures = fc.infiniteStream(fc.integer({ min: 0, max: 2 }));
  await fc.assert(
    fc.asyncProperty(history, lives, failures, async (changes, deaths, fates) => {
      const world = new DispatchingWorld(new SystemTiming(), quick);
      // No notice fails so often that it would be parked.
      const failed = new Map<string, number>();
      world.endpoints.answers = ({ noticeId }) => {
        const before = failed.get(noticeId) ?? 0;
        if (fates.next().value !== 0 || before >= 3) return {};
        failed.set(noticeId, before + 1);
        return { status: 503 };
      };
      await world.webhook('deployer');
      for (const model of models) await world.model(model);
      const half = changes.length >> 1;
      for (const model of changes.slice(0, half)) await world.change(model);
      for (const [index, life] of deaths.entries()) {
        const mortal = new Mortal(life);
        const abandoned = new AbortController();
        world.start(mortal.reached(world.parts), new Abandoned(abandoned.signal));
        const wanted = models.length + (index === 0 ? half : changes.length);
        await Promise.race([mortal.dead.promise, until(() => isAllDelivered(wanted))]);
        abandoned.abort();
        if (index === 0) for (const model of changes.slice(half)) await world.change(model);
      }
      world.start();
      if (deaths.length === 0) for (const model of changes.slice(half)) await world.change(model);
      await until(() => isAllDelivered(models.length + changes.length));

      const { received } = world.endpoints;
      expect(isInOrder(received)).toBe(true);
      const ids = new Map(received.map(({ position, noticeId }) => [position, noticeId]));
      expect(new Set(received.map(({ noticeId }) => noticeId)).size).toBe(ids.size);
      const attempts = (await world.told('deployer')).filter(
        ({ type }) => type === 'DeliveryAttempted',
      ).length;
      // Each death costs as many repetitions as requests were under way, and no more.
      expect(received.length - attempts).toBeLessThanOrEqual(deaths.length * models.length);
      await world.forsake();

      function isAllDelivered(count: number): boolean {
        const page = world.deliveries.deliveries('deployer', { state: 'delivered' }, { limit: 100 });
        return page.items.length === count;
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
