import { Clock } from './clock.js';

/** Time as it passes, and chance, so that tests can set both. */
export abstract class Timing extends Clock {
  /** Milliseconds since some moment, never running back and never jumping. Only differences mean something. */
  abstract passed(): number;

  /**
   * Resolves after so many milliseconds, or when the signal is aborted. It does not keep the process alive. A very long
   * pause may end early, so whoever wakes looks at the clock.
   */
  abstract pause(milliseconds: number, signal: AbortSignal): Promise<void>;

  /** From 0 to 1. */
  abstract random(): number;
}
