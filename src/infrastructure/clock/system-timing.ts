import { performance } from 'node:perf_hooks';
import { setTimeout as timer } from 'node:timers/promises';
import { Timing } from '../../application/ports/timing.js';

/** Node.js takes a longer timer for one that is due. */
const longestTimer = 2 ** 31 - 1;

/** The machine's clocks and its chance. */
export class SystemTiming extends Timing {
  override now(): number {
    return Date.now();
  }

  override passed(): number {
    return performance.now();
  }

  override async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const duration = Math.min(Math.max(milliseconds, 0), longestTimer);
    await timer(duration, undefined, { signal, ref: false }).catch(() => undefined);
  }

  override random(): number {
    return Math.random();
  }
}
