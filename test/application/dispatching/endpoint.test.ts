import { beforeEach, describe, expect, it } from '@jest/globals';
import { Endpoint } from '../../../src/application/dispatching/endpoint.js';
import type { Permit } from '../../../src/application/dispatching/endpoint.js';
import { Slots } from '../../../src/application/dispatching/slots.js';
import { closedCircuit } from '../../../src/domain/delivery/circuit.js';
import { standardRetries } from '../../../src/domain/delivery/retry-schedule.js';
import { SetTiming } from '../../support/set-timing.js';

let timing: SetTiming;
let stop: AbortController;
beforeEach(() => {
  timing = new SetTiming();
  stop = new AbortController();
});

const endpoint = (slots: Slots, circuit = closedCircuit) =>
  new Endpoint(circuit, standardRetries, timing, slots, () => undefined, stop.signal);

/** Asks for so many permits, and answers those that were given so far. */
function ask(of: Endpoint, count: number): Permit[] {
  const given: Permit[] = [];
  for (let asked = 0; asked < count; asked += 1)
    void of.permit().then((permit) => permit && given.push(permit));
  return given;
}

const turn = () => new Promise(setImmediate);

describe('an endpoint', () => {
  it('is sent sixteen requests at once, and the next one when one of them has ended', async () => {
    const one = endpoint(new Slots(256));
    const given = ask(one, 20);
    await turn();
    expect(given).toHaveLength(16);
    one.giveBack(given[0] ?? { isProbe: false });
    await turn();
    expect(given).toHaveLength(17);
  });

  it('gets one request even when others have taken everything, and more when they give back', async () => {
    const slots = new Slots(3);
    const [greedy, modest] = [endpoint(slots), endpoint(slots)];
    const taken = ask(greedy, 9);
    const given = ask(modest, 2);
    await turn();
    expect([taken.length, given.length]).toEqual([3, 1]);
    for (const permit of taken.slice(0, 2)) greedy.giveBack(permit);
    await turn();
    expect(taken.length + given.length).toBe(3 + 1 + 1);
  });

  it('whose circuit is open gets one request when its time is over, until that has ended', async () => {
    const openUntil = timing.now() + 60_000;
    const one = endpoint(new Slots(256), { failures: 5, openUntil });
    const given = ask(one, 20);
    expect(one.width).toBe(0);
    await timing.pass(59_999);
    expect(given).toHaveLength(0);
    await timing.pass(1);
    expect(given).toEqual([{ isProbe: true }]);
    expect(one.width).toBe(1);
    const [probe] = given;
    if (probe === undefined) throw new Error('Nothing was given');
    expect(one.judge(probe, true)).toMatchObject({ type: 'CircuitClosed' });
    one.giveBack(probe);
    await turn();
    expect(given).toHaveLength(17);
  });

  it('keeps nobody waiting when it is stopped', async () => {
    const one = endpoint(new Slots(1), { failures: 5, openUntil: timing.now() + 60_000 });
    const waiting = one.permit();
    stop.abort();
    expect(await waiting).toBeUndefined();
    expect(await one.permit()).toBeUndefined();
  });
});
