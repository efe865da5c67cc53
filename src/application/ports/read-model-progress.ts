import type { Position } from './event-store.js';

/** How far this node's read model has come. */
export abstract class ReadModelProgress {
  /**
   * Resolves with true as soon as what clients read contains everything up to `position`, which makes them read their
   * own writes. Resolves with false after two seconds without that: the read model is behind or has stopped.
   */
  abstract reached(position: Position): Promise<boolean>;
}
