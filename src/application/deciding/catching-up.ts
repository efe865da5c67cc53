import { LogUnavailableError } from '../ports/event-store.js';
import type { EventStore, Position } from '../ports/event-store.js';
import type { ReadModelProgress } from '../ports/read-model-progress.js';

const patienceMilliseconds = 2_000;

/**
 * Waits until this node's read model holds what the log holds, also of what other nodes have written. Nothing that is
 * recorded before the call is missing afterwards.
 */
export class CatchingUp {
  constructor(
    private readonly store: EventStore,
    private readonly progress: ReadModelProgress,
  ) {}

  /** Whether the read model has reached a position, at once or within two seconds. */
  to(position: Position): Promise<boolean> {
    return this.progress.reached(position);
  }

  /**
   * Position of the log's head at the time of asking, when the read model has reached it; undefined when it has not
   * within two seconds.
   *
   * @throws LogUnavailableError
   */
  async toTheHead(): Promise<Position | undefined> {
    const head = await this.store.head();
    return (await this.to(head)) ? head : undefined;
  }

  /**
   * The same for those who cannot wait long for a log that does not answer: whether it was reached within two seconds
   * in all.
   *
   * @throws LogUnavailableError when the log says sooner that it cannot be reached.
   */
  async promptly(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), patienceMilliseconds);
    try {
      return (await Promise.race([this.toTheHead(), late])) !== undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The same as far as it can be done, for those who go on in any case. */
  async ifPossible(): Promise<void> {
    try {
      await this.promptly();
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
    }
  }
}
