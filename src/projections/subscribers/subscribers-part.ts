import type { DatabaseSync } from 'node:sqlite';
import type { ApplyEvent } from '../projection.js';

/** The tables of one kind of streams. All parts get the events in log order, each those of its own streams. */
export interface SubscribersPart {
  readonly streamPrefixes: readonly string[];
  create(db: DatabaseSync): void;
  /** Also when nothing is there. */
  drop(db: DatabaseSync): void;
  open(db: DatabaseSync): ApplyEvent;
}
