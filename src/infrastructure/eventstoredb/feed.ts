import { setImmediate as turn } from 'node:timers/promises';

/** What is needed of the client's streams, whose types are no `Readable` by the letter. */
interface ItemStream {
  on(event: 'readable', listener: () => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  read(): unknown;
  destroy(): unknown;
}

/**
 * A running call that delivers items one by one, as the consumer can use it: in batches, with a limit to the waiting,
 * and with an end that the server learns of. The client does not cancel a call that is merely left.
 */
export class Feed<Item> {
  readonly #stream: ItemStream;
  readonly #cancel: () => Promise<void>;
  #failure: unknown;
  #over = false;
  #stirred = false;
  #wake: (() => void) | undefined;

  /** @param cancel how the client ends the call; it must not be waited for, as it waits for the connection. */
  constructor(stream: ItemStream, cancel: () => Promise<void>) {
    this.#stream = stream;
    this.#cancel = cancel;
    stream.on('readable', this.stir);
    stream.on('end', () => this.#end());
    stream.on('close', () => this.#end());
    stream.on('error', (error) => this.#end(error));
  }

  /** Nothing more will come than what can still be taken. */
  get over(): boolean {
    return this.#over;
  }

  /** Why the call ended; undefined when it ended by itself. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The next items, as many as are here. */
  take(most: number): Item[] {
    this.#stirred = false;
    const items: Item[] = [];
    while (items.length < most) {
      const item: unknown = this.#stream.read();
      if (item === null) break;
      items.push(item as Item);
    }
    return items;
  }

  /**
   * Resolves with true when something has happened since the last {@link take}, with false after so long a silence.
   *
   * The client announces every item as it comes. What comes in the same turn of the event loop is waited for, or else
   * every batch would be a batch of one.
   */
  async stirring(milliseconds: number): Promise<boolean> {
    const stirred = this.#stirred || this.#over || (await this.#woken(milliseconds));
    if (stirred && !this.#over) await turn();
    return stirred;
  }

  /** Something has happened that the consumer should look at. */
  readonly stir = (): void => {
    this.#stirred = true;
    this.#wake?.();
  };

  /** Ends the call and, for whoever waits, the feed. */
  close(): void {
    this.#end();
    this.#cancel().catch(() => undefined);
    this.#stream.destroy();
  }

  async #woken(milliseconds: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), milliseconds);
    this.#wake = () => resolve(true);
    const woken = await promise;
    clearTimeout(timer);
    this.#wake = undefined;
    return woken;
  }

  #end(failure?: unknown): void {
    this.#failure ??= failure;
    this.#over = true;
    this.stir();
  }
}
