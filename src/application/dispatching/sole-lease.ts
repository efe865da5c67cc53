import { Lease } from './lease.js';
import type { Held } from './lease.js';

/** For a log that no other process can have: the embedded one. */
export class SoleLease extends Lease {
  #isHeld = false;

  override get isHeld(): boolean {
    return this.#isHeld;
  }

  override async hold(work: (held: Held) => Promise<void>, until: AbortSignal): Promise<void> {
    if (until.aborted) return;
    this.#isHeld = true;
    try {
      await work({ lost: new AbortController().signal, isHeld: () => true });
    } finally {
      this.#isHeld = false;
    }
  }
}
