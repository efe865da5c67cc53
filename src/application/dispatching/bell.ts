/**
 * Wakes whoever waits for something to change. Nobody misses a ring: remember {@link rings}, look whether there is
 * anything to do, and if not, wait for the next one after those.
 */
export class Bell {
  readonly #waiting = new Set<() => void>();
  #rings = 0;

  /** How often it has rung. */
  get rings(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings += 1;
    for (const leave of this.#waiting) leave();
  }

  /** Resolves when it has rung more often than that, or when the signal is aborted. */
  after(rings: number, signal: AbortSignal): Promise<void> {
    if (this.#rings > rings || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.delete(leave);
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.add(leave);
      signal.addEventListener('abort', leave);
    });
  }
}
