import { describe, expect, it } from '@jest/globals';
import { admitted, afterFailure, closedCircuit } from '../../../src/domain/delivery/circuit.js';
import type { Circuit } from '../../../src/domain/delivery/circuit.js';
import { standardRetries } from '../../../src/domain/delivery/retry-schedule.js';

const minute = 60_000;
const fail = (circuit: Circuit, { probe = false, now = 0 } = {}) =>
  afterFailure(circuit, probe, standardRetries, now);
const opened = [1, 2, 3, 4, 5].reduce((circuit) => fail(circuit), closedCircuit);

describe('the circuit of an endpoint', () => {
  it('opens after five failures in a row', () => {
    const before = [1, 2, 3, 4].reduce((circuit) => fail(circuit), closedCircuit);
    expect(admitted(before, 0)).toBe('all');
    expect(opened).toEqual({ failures: 5, openUntil: minute });
    expect(admitted(opened, 0)).toBe('nothing');
  });

  it('admits one request when its time is over', () => {
    expect(admitted(opened, minute - 1)).toBe('nothing');
    expect(admitted(opened, minute)).toBe('probe');
  });

  it('stays open for 1, 2, 5 and then 15 minutes while its probes fail', () => {
    let circuit = opened;
    const cooldowns = [2, 5, 15, 15, 15].map(() => {
      const now = circuit.openUntil ?? 0;
      circuit = fail(circuit, { probe: true, now });
      return ((circuit.openUntil ?? 0) - now) / minute;
    });
    expect(cooldowns).toEqual([2, 5, 15, 15, 15]);
  });

  it('does not stay open longer because of what was sent before it opened', () => {
    expect(fail(opened, { now: 1_000 })).toBe(opened);
  });
});
