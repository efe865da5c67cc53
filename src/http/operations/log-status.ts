import type { EventStore, Position } from '../../application/ports/event-store.js';

/** How the log stands. */
export interface LogState {
  /** Position of the newest event; while the log cannot be reached, that of the last time it could. */
  readonly head: Position;
  /** Why the log cannot be reached; undefined when it can. */
  readonly failure: Error | undefined;
}

const patienceMilliseconds = 2_000;
const rememberedMilliseconds = 1_000;

/**
 * Asks the log where its head is, for those who watch it. They all get one answer, within two seconds and never as an
 * error; a log that is away is not asked more often than once a second.
 */
export class LogStatus {
  #head: Position = 0;
  #asking: Promise<LogState> | undefined;
  #failedAt = -Infinity;
  #failure: Error | undefined;

  constructor(private readonly store: EventStore) {}

  /** How it stands now. */
  async state(): Promise<LogState> {
    if (performance.now() - this.#failedAt < rememberedMilliseconds) return this.#state();
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<LogState> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`The log has not answered within ${patienceMilliseconds} ms`)),
      patienceMilliseconds,
    );
    try {
      this.#head = await Promise.race([this.store.head(), late]);
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#failedAt = performance.now();
    } finally {
      clearTimeout(timer);
    }
    return this.#state();
  }

  #state(): LogState {
    return { head: this.#head, failure: this.#failure };
  }
}
