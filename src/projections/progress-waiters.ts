import type { Position } from '../application/ports/event-store.js';

const patienceMilliseconds = 2_000;

interface Waiter {
  readonly position: Position;
  readonly deadline: number;
  readonly resolve: (reached: boolean) => void;
}

/**
 * Those who wait for a read model to reach a position, each for two seconds at most, and those who follow it and are
 * told whenever it moves.
 */
export class ProgressWaiters {
  readonly #followers = new Map<() => void, Position>();
  #waiting: Waiter[] = [];
  #sweep: NodeJS.Timeout | undefined;

  /** Whether anybody waits for a position. */
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

  /** At once when `reached` is past the position already. */
  waitPast(position: Position, reached: Position, signal: AbortSignal): Promise<void> {
    if (reached > position || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const leave = () => {
        this.#followers.delete(leave);
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.#followers.set(leave, position);
      signal.addEventListener('abort', leave);
    });
  }

  /** The read model now contains everything up to `reached`. */
  moved(reached: Position): void {
    for (const [leave, position] of this.#followers) if (reached > position) leave();
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
