import type { Position } from '../../application/ports/event-store.js';
import { readLogPages } from './log-pages.js';
import type { LogScope } from './log-scope.js';
import { positionOf } from './recorded-event.js';
import type { ReadingContext } from './stream-reading.js';

/** The end of a server's log is nearly always ours or has ours right before it. */
const firstPage = 16;

/**
 * Finds the newest event of the log among those of the server, from the end backwards. It remembers up to where it has
 * looked and what others have seen, so that it never looks at anything twice.
 */
export class LogHead {
  readonly #context: ReadingContext;
  readonly #scope: LogScope;
  #newest: Position = 0;
  /** No event of the log up to here is newer than {@link #newest}. */
  #searched: Position = 0;
  #running: Promise<Position> | undefined;
  #next: Promise<Position> | undefined;

  constructor(context: ReadingContext, scope: LogScope) {
    this.#context = context;
    this.#scope = scope;
  }

  /** There is an event of the log at this position. */
  know(position: Position): void {
    this.#newest = Math.max(this.#newest, position);
  }

  /** Every event of the log after one position and up to another is known. */
  pass(after: Position, through: Position): void {
    if (after <= this.#searched) this.#searched = Math.max(this.#searched, through);
  }

  /**
   * Position of the newest event at the time of asking or later. Those who ask while somebody is being answered are
   * answered together, by one look at the log that begins afterwards.
   *
   * @throws LogUnavailableError
   */
  find(): Promise<Position> {
    if (this.#running === undefined) return this.#start();
    this.#next ??= this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<Position> {
    this.#next = undefined;
    const search = this.#search().finally(() => {
      if (this.#running === search) this.#running = undefined;
    });
    this.#running = search;
    return search;
  }

  async #search(): Promise<Position> {
    let end: Position | undefined;
    const request = { direction: 'backwards', from: 'end', firstPage } as const;
    for await (const event of readLogPages(this.#context, request)) {
      const position = positionOf(event);
      end ??= position;
      if (position <= this.#searched) break;
      if (this.#scope.includes(event.streamId)) {
        this.know(position);
        break;
      }
    }
    this.#searched = Math.max(this.#searched, end ?? 0);
    return this.#newest;
  }
}
