/** The right to do what only one of several nodes may do. */
export interface Held {
  /** Aborted when it is lost. */
  readonly lost: AbortSignal;
  /** Whether it is held at this very moment, which is known sooner than a timer can tell. */
  readonly isHeld: () => boolean;
}

/** Sees to it that something is done on one node at a time. */
export abstract class Lease {
  /**
   * Does the work whenever this node has the lease. The work ends by itself when the lease is lost, or when `until` is
   * aborted. Resolves after that; the lease is then given back.
   */
  abstract hold(work: (held: Held) => Promise<void>, until: AbortSignal): Promise<void>;

  /** Whether the work is being done here. */
  abstract readonly isHeld: boolean;
}
