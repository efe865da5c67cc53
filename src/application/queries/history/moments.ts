import type { Position } from '../../ports/event-store.js';

/** A place in the log, and when the event there was recorded, in milliseconds since the epoch. */
export interface Moment {
  readonly position: Position;
  readonly recordedAt: number;
}

/** What can be asked about. */
export interface LogRange {
  /** The first event of the registry; undefined while there is none. */
  readonly first: Moment | undefined;
  /** The newest event of the registry; undefined while there is none. */
  readonly last: Moment | undefined;
  /** Everything up to here has been read. It is `last.position` or more: not every event of a log is of the registry. */
  readonly reached: Position;
}

/** Events after `after`, exclusive, up to `upTo`, inclusive. */
export interface PositionWindow {
  readonly after: Position;
  readonly upTo: Position;
}

/**
 * Times and positions. A time is that at which an event was first recorded: copies of a log keep it.
 *
 * Times may run backwards between neighbours, because nodes have clocks of their own. What was so at a time is what
 * was so at {@link positionAt} of it, so that a later time never means an earlier position.
 */
export abstract class Moments {
  abstract range(): LogRange;

  /** Position of the newest event recorded at `time`, in milliseconds, or before; undefined: the log began later. */
  abstract positionAt(time: number): Position | undefined;

  /** The newest event at `position` or before it; undefined when `position` is before the first. */
  abstract momentAt(position: Position): Moment | undefined;

  /** The events from the time `from`, inclusive, to the time `to`, exclusive. Without one of them: from or to the end. */
  abstract between(from: number | undefined, to: number | undefined): PositionWindow;
}
