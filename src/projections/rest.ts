import { setTimeout as pause } from 'node:timers/promises';

/** How much longer than the work before it a rest is. */
const restsForEachWork = 9;
const longestMilliseconds = 250;

/**
 * Rests between pieces of work, so that work which nobody waits for leaves most of the time to what somebody does wait
 * for. Where many pieces come together meanwhile, they are done as one, which is cheaper, too.
 */
export class Rest {
  #resting: AbortController | undefined;

  /** @param worked how long the work took, in milliseconds */
  async after(worked: number): Promise<void> {
    const resting = new AbortController();
    this.#resting = resting;
    const milliseconds = Math.min(worked * restsForEachWork, longestMilliseconds);
    await pause(milliseconds, undefined, { signal: resting.signal }).catch(() => undefined);
    this.#resting = undefined;
  }

  /** Somebody waits now, or there will be no more work. */
  end(): void {
    this.#resting?.abort();
  }
}
