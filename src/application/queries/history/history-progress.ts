import type { Position } from '../../ports/event-store.js';

/** How far the history on this node has come. It is behind the registry at times: nobody's write waits for it. */
export abstract class HistoryProgress {
  /** Everything up to here is in every answer. */
  abstract get position(): Position;

  /** Whether the log that there was at the start has been read: before that, no answer is complete. */
  abstract get hasCaughtUp(): boolean;

  /** What keeps it from going on, at present; undefined when nothing does. */
  abstract get failure(): Error | undefined;

  /** Resolves with true when every answer contains everything up to `position`, with false after two seconds. */
  abstract reached(position: Position): Promise<boolean>;

  /** Resolves when it has come past a position, however long that takes, or when the signal is aborted. */
  abstract movedPast(position: Position, signal: AbortSignal): Promise<void>;
}
