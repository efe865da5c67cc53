import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Wanted } from '../../../application/notices/wanted.js';
import type { Position } from '../../../application/ports/event-store.js';
import { streamBytes } from './stream-message.js';
import type { StreamMessage } from './stream-message.js';

/** How long the last comment may take, in milliseconds. */
const graceMilliseconds = 1_000;

/** One open stream of server-sent events. */
export class StreamClient {
  readonly #gone = new AbortController();
  #position: Position;
  #takenBefore = -1;

  /** @param position everything up to here is known to the client */
  constructor(
    private readonly response: ServerResponse,
    readonly wanted: Wanted,
    position: Position,
  ) {
    this.#position = position;
    response.once('close', () => this.#gone.abort());
  }

  /** Everything up to here has been written, if it was wanted. */
  get position(): Position {
    return this.#position;
  }

  /** Bytes that the client has not taken yet. */
  get unsent(): number {
    return this.response.writableLength;
  }

  /** Aborted when the connection is closed. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get isOpen(): boolean {
    return !this.gone.aborted && !this.response.writableEnded;
  }

  /** Whether it has not been told this and wants to be. */
  wants(message: StreamMessage): boolean {
    const { notice } = message;
    return notice.position > this.#position && this.wanted.has(notice, () => message.tags);
  }

  /** All messages of a position are told at once, and positions in their order. */
  tell(messages: readonly StreamMessage[]): void {
    if (messages.length > 0) this.write(streamBytes(messages));
    this.passed(messages.at(-1)?.notice.position ?? 0);
  }

  write(bytes: Buffer): void {
    if (bytes.length > 0) this.response.write(bytes);
  }

  /** There is nothing more for it up to here. */
  passed(position: Position): void {
    this.#position = Math.max(this.#position, position);
  }

  /** So that nobody between takes the connection for dead; a client with a filter gets an id without an event, too. */
  beat(): void {
    const id = this.wanted.isEverything ? '' : `id: ${this.#position}\n`;
    this.response.write(`: ${this.#position}\n${id}\n`);
  }

  /** Whether it has taken nothing of what waits for it since this was asked last. */
  isStuck(): boolean {
    const { socket } = this.response;
    const taken = socket === null ? 0 : socket.bytesWritten - socket.writableLength;
    const isStuck = this.unsent > 0 && taken === this.#takenBefore;
    this.#takenBefore = taken;
    return isStuck;
  }

  /** Resolves when what was written has been taken, or when the connection is closed. */
  async drained(): Promise<void> {
    if (!this.isOpen || !this.response.writableNeedDrain) return;
    await once(this.response, 'drain', { signal: this.gone }).catch(() => undefined);
  }

  /** Ends the stream with a last comment, and the connection whether that is taken or not. */
  end(comment: string, grace = graceMilliseconds): void {
    if (!this.isOpen) return;
    this.response.end(`: ${comment}\n\n`);
    const timer = setTimeout(() => this.response.destroy(), grace);
    this.gone.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }
}
