import type { Position } from '../application/ports/event-store.js';

const patienceMilliseconds = 2_000;

interface Waiter {
  readonly position: Position;
  readonly deadline: number;
  readonly resolve: (reached: boolean) => void;
}

/** Those who wait for a read model to reach a position, each for two seconds at most. */
export class ProgressWaiters {
  #waiting: Waiter[] = [];
  #sweep: NodeJS.Timeout | undefined;

  /** Whether anybody waits. */
  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** True at once when `reached` is far enough already. */
  wait(position: Position, reached: Position): Promise<boolean> {
    if (position <= reached) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiting.push({ position, deadline: performance.now() + patienceMilliseconds, resolve });
      this.#sweep ??= setInterval(() => this.#dismissTheLate(), 100).unref();
    });
  }

  /** The read model now contains everything up to `reached`. */
  moved(reached: Position): void {
    if (this.#waiting.length === 0) return;
    this.#settle(true, (waiter) => waiter.position <= reached);
  }

  /** Nothing more will come. */
  giveUp(): void {
    this.#settle(false, () => true);
  }

  #dismissTheLate(): void {
    const now = performance.now();
    this.#settle(false, (waiter) => waiter.deadline <= now);
    if (this.#waiting.length > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #settle(reached: boolean, isDone: (waiter: Waiter) => boolean): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter((waiter) => !isDone(waiter));
    for (const waiter of waiting) if (isDone(waiter)) waiter.resolve(reached);
  }
}
