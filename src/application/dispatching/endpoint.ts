import { admitted, afterFailure, closedCircuit } from '../../domain/delivery/circuit.js';
import type { Circuit } from '../../domain/delivery/circuit.js';
import type { DeliveryEvent } from '../../domain/delivery/events.js';
import type { RetryRules } from '../../domain/delivery/retry-schedule.js';
import type { Timing } from '../ports/timing.js';
import type { Slots } from './slots.js';

/** The leave to send one request. It has to be given back. */
export interface Permit {
  /** It tries whether the endpoint works again. */
  readonly isProbe: boolean;
}

/** So many requests to one endpoint are under way at most. */
const widest = 16;

/** Says when requests may be sent to the endpoint of one webhook: few at a time, and none while its circuit is open. */
export class Endpoint {
  #circuit: Circuit;
  #waiting: ((permit: Permit) => void)[] = [];
  #underWay = 0;
  #probe: Permit | undefined;

  /**
   * @param changed told when more may be sent than before
   * @param stop ends all waiting
   */
  constructor(
    circuit: Circuit,
    private readonly rules: RetryRules,
    private readonly timing: Timing,
    private readonly slots: Slots,
    private readonly changed: () => void,
    private readonly stop: AbortSignal,
  ) {
    this.#circuit = circuit;
    stop.addEventListener('abort', () => slots.leave(this.#admit), { once: true });
    if (circuit.openUntil !== null) void this.#awaitProbe(circuit.openUntil);
  }

  get isOpen(): boolean {
    return this.#circuit.openUntil !== null;
  }

  /** How many requests may be under way now. */
  get width(): number {
    const widths = { all: widest, probe: 1, nothing: 0 };
    return widths[admitted(this.#circuit, this.timing.now())];
  }

  /** Resolves when a request may be sent, in the order of asking; undefined when it is stopped before. */
  async permit(): Promise<Permit | undefined> {
    if (this.stop.aborted) return undefined;
    const { promise, resolve } = Promise.withResolvers<Permit | undefined>();
    const leave = () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== resolve);
      resolve(undefined);
    };
    this.stop.addEventListener('abort', leave);
    this.#waiting.push(resolve);
    this.#admit();
    const permit = await promise;
    this.stop.removeEventListener('abort', leave);
    return permit;
  }

  /** Takes the outcome of a request into account. What it means for the circuit is to be put on record. */
  judge(permit: Permit, isSuccess: boolean): DeliveryEvent | undefined {
    const before = this.#circuit;
    const at = this.timing.now();
    this.#circuit = isSuccess ? closedCircuit : afterFailure(before, permit.isProbe, this.rules, at);
    const { failures, openUntil } = this.#circuit;
    if (openUntil === before.openUntil) return undefined;
    if (openUntil === null) return { type: 'CircuitClosed', data: {}, at };
    void this.#awaitProbe(openUntil);
    return { type: 'CircuitOpened', data: { until: new Date(openUntil).toISOString(), failures }, at };
  }

  giveBack(permit: Permit): void {
    this.#underWay -= 1;
    if (this.#probe === permit) this.#probe = undefined;
    this.slots.free();
    this.#admit();
    this.changed();
  }

  readonly #admit = (): void => {
    for (;;) {
      const admits = admitted(this.#circuit, this.timing.now());
      const isProbe = admits === 'probe';
      if (this.#waiting.length === 0 || admits === 'nothing') return;
      if (isProbe ? this.#probe !== undefined : this.#underWay >= widest) return;
      if (!this.slots.take(this.#underWay === 0 || isProbe, this.#admit)) return;
      const permit = { isProbe };
      this.#underWay += 1;
      if (isProbe) this.#probe = permit;
      this.#waiting.shift()?.(permit);
    }
  };

  async #awaitProbe(until: number): Promise<void> {
    while (!this.stop.aborted && this.timing.now() < until) {
      await this.timing.pause(until - this.timing.now(), this.stop);
    }
    this.#admit();
    this.changed();
  }
}
