import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Held } from '../../../src/application/dispatching/lease.js';
import { LogLease } from '../../../src/application/dispatching/log-lease.js';
import {
  decodeLeaseEvent,
  dispatcherLeaseStream,
} from '../../../src/application/history/dispatcher-lease-codec.js';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import { standardLease } from '../../../src/domain/dispatcher-lease/lease.js';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import { SetTiming } from '../../support/set-timing.js';

const silent = { info: () => undefined, error: () => undefined };

/** A node that works whenever it has the lease, and notes how it fares. Its clock is its own. */
class Node {
  readonly timing = new SetTiming();
  readonly stopping = new AbortController();
  /** The log does not answer while this is so. */
  isCutOff = false;
  terms = 0;
  held: Held | undefined;
  readonly lease: LogLease;
  readonly running: Promise<void>;

  constructor(
    store: EventStore,
    readonly name: string,
  ) {
    this.lease = new LogLease(this.#reached(store), this.timing, standardLease, name, silent);
    this.running = this.lease.hold((held) => this.#work(held), this.stopping.signal);
  }

  /** Whether it would send at this moment. */
  get sends(): boolean {
    return this.held?.isHeld() === true;
  }

  async #work(held: Held): Promise<void> {
    this.terms += 1;
    this.held = held;
    await new Promise<void>((resolve) => {
      for (const signal of [held.lost, this.stopping.signal]) {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      }
    });
    this.held = undefined;
  }

  #reached(store: EventStore): EventStore {
    const refuseIfCutOff = () => {
      if (this.isCutOff) throw new LogUnavailableError('cut off');
    };
    return new Proxy(store, {
      get: (target, name) => {
        if (name === 'append')
          return async (...args: Parameters<EventStore['append']>) => {
            refuseIfCutOff();
            return target.append(...args);
          };
        if (name === 'readStream')
          return (...args: Parameters<EventStore['readStream']>) => {
            refuseIfCutOff();
            return target.readStream(...args);
          };
        return Reflect.get(target, name) as unknown;
      },
    });
  }
}

let store: EmbeddedEventStore;
let nodes: Node[];
beforeEach(() => {
  store = EmbeddedEventStore.open(':memory:');
  nodes = [];
});
afterEach(async () => {
  for (const node of nodes) node.stopping.abort();
  await Promise.all(nodes.map((node) => node.running));
  await store.close();
});

function start(name: string): Node {
  const node = new Node(store, name);
  nodes.push(node);
  return node;
}

/** Lets time pass for all, or for these alone: for a node that is not among them the world stands still. */
async function pass(milliseconds: number, running: readonly Node[] = nodes): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    for (const node of running) await node.timing.pass(500);
  }
}

async function recorded(): Promise<string[]> {
  const events: string[] = [];
  for await (const event of store.readStream(dispatcherLeaseStream)) {
    const { type, data } = decodeLeaseEvent(event);
    events.push(`${type} ${data.term}`);
  }
  return events;
}

describe('the lease', () => {
  it('is taken at once where nobody has it, and renewed every three seconds', async () => {
    const one = start('one');
    await pass(7_000);
    expect(one.sends).toBe(true);
    expect(await recorded()).toEqual(['LeaseTaken 1', 'LeaseRenewed 1', 'LeaseRenewed 1']);
  });

  it('is not taken from a holder that renews it', async () => {
    const one = start('one');
    await pass(500);
    const other = start('other');
    await pass(60_000);
    expect([one.sends, other.sends]).toEqual([true, false]);
    expect(other.terms).toBe(0);
  });

  it('passes on at once when its holder ends', async () => {
    const one = start('one');
    await pass(500);
    const other = start('other');
    await pass(5_000);
    one.stopping.abort();
    await one.running;
    await pass(1_500, [other]);
    expect(other.sends).toBe(true);
    expect((await recorded()).slice(-2)).toEqual(['LeaseReleased 1', 'LeaseTaken 2']);
  });

  it('passes on within fifteen seconds when its holder is gone', async () => {
    const one = start('one');
    await pass(500);
    const other = start('other');
    await pass(5_000);
    await pass(7_000, [other]);
    expect(other.sends).toBe(false);
    await pass(8_000, [other]);
    expect(other.sends).toBe(true);
    expect(one.terms).toBe(1);
  });

  it('is let go of seven seconds after its last renewal began, when the log does not answer', async () => {
    const one = start('one');
    await pass(500);
    one.isCutOff = true;
    await pass(6_000);
    expect(one.sends).toBe(true);
    await pass(1_500);
    expect(one.sends).toBe(false);
    expect(one.held).toBeUndefined();
    one.isCutOff = false;
    await pass(15_000);
    expect(one.sends).toBe(true);
    expect(one.terms).toBe(2);
  });

  it('is known to be lost by a holder that wakes after another one has taken it', async () => {
    const one = start('one');
    await pass(500);
    const other = start('other');
    await pass(5_000);
    await pass(20_000, [other]);
    one.timing.time += 20_000;
    expect([one.sends, other.sends]).toEqual([false, true]);
    await pass(20_000);
    expect([one.sends, other.sends]).toEqual([false, true]);
  });
});

it('never lets two nodes send at once, however they are frozen, cut off, stopped and begun', async () => {
  const step = fc.record({
    what: fc.constantFrom('freeze', 'thaw', 'cut', 'mend', 'stop', 'begin', 'nothing'),
    who: fc.nat(2),
    milliseconds: fc.integer({ min: 1, max: 16 }).map((halves) => halves * 500),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const log = EmbeddedEventStore.open(':memory:');
      const fleet = [0, 1, 2].map((number) => new Node(log, `node ${number}`));
      const frozen = new Set<Node>();
      const all = [...fleet];
      try {
        for (const { what, who, milliseconds } of steps) {
          const node = fleet[who];
          if (node === undefined) continue;
          if (what === 'freeze') frozen.add(node);
          if (what === 'thaw') frozen.delete(node);
          if (what === 'cut') node.isCutOff = true;
          if (what === 'mend') node.isCutOff = false;
          if (what === 'stop') node.stopping.abort();
          if (what === 'begin' && node.stopping.signal.aborted && !frozen.has(node)) {
            await node.running;
            all.push((fleet[who] = new Node(log, `node ${who} again`)));
          }
          for (let passed = 0; passed < milliseconds; passed += 500) {
            for (const each of fleet) {
              // A frozen process does nothing, and yet its clock goes on.
              if (frozen.has(each)) each.timing.time += 500;
              else await each.timing.pass(500);
              expect(fleet.filter(({ sends }) => sends).length).toBeLessThanOrEqual(1);
            }
          }
        }
      } finally {
        for (const node of all) {
          node.isCutOff = false;
          node.stopping.abort();
        }
        await Promise.all(all.map(({ running }) => running));
        await log.close();
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
