import type { Timing } from '../ports/timing.js';

/**
 * How long something has lasted, at least: by the clock that never jumps, or by that of the machine if more has passed
 * by it, because the first one stands still while a machine sleeps.
 */
export class Stopwatch {
  readonly #passed: number;
  readonly #now: number;

  constructor(private readonly timing: Timing) {
    this.#passed = timing.passed();
    this.#now = timing.now();
  }

  get milliseconds(): number {
    return Math.max(this.timing.passed() - this.#passed, this.timing.now() - this.#now);
  }
}
