import { Bell } from './bell.js';

/** What the parts of one courier have in common: how it ends, and who wants something of it. */
export class Round {
  readonly #stop = new AbortController();
  readonly #cut = new AbortController();
  /** More may be sent than before. */
  readonly room = new Bell();
  /** Somebody wants something of this webhook: what is open may have changed. */
  readonly wishes = new Bell();

  /**
   * @param webhookId whom it tells
   * @param terms on which it was begun: see {@link termsOf}
   */
  constructor(
    readonly webhookId: string,
    readonly terms: string,
  ) {}

  /** Aborted when nothing more is to be begun. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted when nothing that is under way is to be waited for. */
  get cutOff(): AbortSignal {
    return this.#cut.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  cut(): void {
    this.#stop.abort();
    this.#cut.abort();
  }
}
