import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** How much longer than the work before it a rest is, while others keep the thread busy and while they do not. */
const restsForEachWork = { busy: 30, quiet: 1 } as const;
const longestMilliseconds = 1_000;
/** The share of a rest in which others worked that makes it a busy one. */
const busyShare = 0.5;

/**
 * Rests between pieces of work that nobody waits for, so that it leaves the thread to what somebody does wait for:
 * hardly shorter than the work where the thread is quiet, and thirty times as long where it was busy during the last
 * rest. Where many pieces come together meanwhile, they are done as one, which is cheaper, too.
 */
export class Rest {
  #resting: AbortController | undefined;
  #busy = false;

  /** @param worked how long the work took, in milliseconds */
  async after(worked: number): Promise<void> {
    const resting = new AbortController();
    this.#resting = resting;
    const rests = this.#busy ? restsForEachWork.busy : restsForEachWork.quiet;
    const before = performance.eventLoopUtilization();
    const milliseconds = Math.min(worked * rests, longestMilliseconds);
    await pause(milliseconds, undefined, { signal: resting.signal }).catch(() => undefined);
    this.#busy = performance.eventLoopUtilization(before).utilization > busyShare;
    this.#resting = undefined;
  }

  /** Somebody waits now, or there will be no more work. */
  end(): void {
    this.#resting?.abort();
  }
}
