import type { Position } from './event-store.js';

/** How one read model of this node stands. */
export interface ReadModelStatus {
  readonly name: string;
  /** Whether the service cannot do without it: others are left to catch up while requests are served. */
  readonly required: boolean;
  /** Everything up to here is in it. */
  readonly position: Position;
  /** Whether the history that there was at the start has been read: before that, it is no answer. */
  readonly hasCaughtUp: boolean;
  /** What keeps it from going on, at present; undefined when nothing does. */
  readonly failure: Error | undefined;
  /** How often its subscription to the log was interrupted, since the start. */
  readonly drops: number;
}

/** The read models of this node. */
export abstract class ReadModels {
  abstract status(): readonly ReadModelStatus[];
}
