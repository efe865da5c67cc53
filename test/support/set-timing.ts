import { setImmediate as nextTurn } from 'node:timers/promises';
import { Timing } from '../../src/application/ports/timing.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so. */
export class SetTiming extends Timing {
  time = Date.UTC(2026, 0, 1);
  #sleepers: Sleeper[] = [];

  override now(): number {
    return this.time;
  }

  override passed(): number {
    return this.time;
  }

  override pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { at: this.time + milliseconds, wake };
      const { promise, resolve: woken } = Promise.withResolvers<void>();
      void promise.then(resolve);
      const leave = () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        wake();
      };
      function wake() {
        signal.removeEventListener('abort', leave);
        woken();
      }
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', leave);
    });
  }

  /** Always in the middle: a delay is as long as it is planned. */
  override random(): number {
    return 0.5;
  }

  /** Lets so much time pass, moment by moment: whoever wakes does what there is to do before the next one wakes. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const next = Math.min(...this.#sleepers.map(({ at }) => at));
      if (next > end) break;
      this.time = Math.max(this.time, next);
      const woken = this.#sleepers.filter(({ at }) => at <= this.time);
      this.#sleepers = this.#sleepers.filter(({ at }) => at > this.time);
      for (const { wake } of woken) wake();
      await settled();
    }
    this.time = end;
    await settled();
  }

  /** Lets as much time pass as it takes until something is so. */
  async passUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 20; turn += 1) {
        if (await isSo()) return;
        await nextTurn();
      }
      const next = Math.min(...this.#sleepers.map(({ at }) => at));
      if (next < Infinity) await this.pass(Math.max(next - this.time, 0));
    }
  }
}

/** Lets everything happen that is not waiting for time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

/** Resolves when something is so, however long it takes. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await nextTurn();
}
