import type { DatabaseSync } from 'node:sqlite';
import type { EventFilter, RecordedEvent } from '../application/ports/event-store.js';

/**
 * A read model: tables that are a function of the log and of nothing else, so that they may be thrown away and
 * rebuilt at any time.
 *
 * The runner calls {@link apply} once for each event, in log order, inside a transaction that also stores the
 * checkpoint. A projection keeps no state outside its tables that a rolled back transaction would not restore.
 */
export interface Projection {
  /** Key of the checkpoint; never changes. */
  readonly name: string;
  /** Raised whenever the tables or their meaning change: the runner then drops them and rebuilds. */
  readonly version: number;
  readonly filter: EventFilter;
  /** Makes the tables without the indexes that only reads need. */
  create(db: DatabaseSync): void;
  /** Makes the indexes that reads need; called when the history has been read, and harmless if they are there. */
  index(db: DatabaseSync): void;
  /**
   * SQL of indexes that are made after {@link index}, each in a turn of its own: for a read model that is built while
   * requests are served. Harmless if they are there.
   */
  readonly indexes?: readonly string[];
  /** Removes everything that {@link create}, {@link index} and {@link indexes} made, also when nothing is there. */
  drop(db: DatabaseSync): void;
  /** Prepares to apply events to these tables. */
  open(db: DatabaseSync): ApplyEvent;
}

/** Takes one event into the tables. Throws when it cannot; the batch is then rolled back and tried again. */
export type ApplyEvent = (event: RecordedEvent) => void;
