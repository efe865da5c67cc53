import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';

const endOfHead = '\r\n\r\n';
const nothing = Buffer.alloc(0);

interface Settlement {
  resolve(): void;
  reject(reason: Error): void;
}

/**
 * A keep-alive connection that sends one request at a time. It knows only answers that say their length, and takes
 * nothing but a 200.
 */
export class LoadConnection {
  readonly #socket: Socket;
  /** The beginning of a head that came in pieces. */
  #begun = nothing;
  /** How much of the body is still to come; undefined while the head is awaited. */
  #missing: number | undefined;
  #answer: Settlement | undefined;
  #failure: Error | undefined;

  private constructor(port: number) {
    const callback = (length: number, bytes: Uint8Array) => {
      this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, length));
      return true;
    };
    // One buffer for all that comes, instead of a new one and a stream event for each answer.
    const onread = { buffer: Buffer.alloc(65_536), callback };
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true, onread });
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('The server closed the connection')));
  }

  static async open(port: number): Promise<LoadConnection> {
    const connection = new LoadConnection(port);
    await once(connection.#socket, 'connect');
    return connection;
  }

  /** Resolves when the whole answer has come, and rejects when it is not a 200. */
  send(request: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#answer = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#missing !== undefined) return this.#readBody(chunk.length);
    const bytes = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk]);
    const end = bytes.indexOf(endOfHead);
    if (end < 0) {
      this.#begun = Buffer.from(bytes);
      return;
    }
    this.#begun = nothing;
    const head = bytes.toString('latin1', 0, end);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) {
      return this.#fail(
        new Error(`The answer is no 200 of known length: ${bytes.toString('utf8', 0, 1_000)}`),
      );
    }
    this.#missing = Number(length);
    this.#readBody(bytes.length - end - endOfHead.length);
  }

  #readBody(length: number): void {
    this.#missing = (this.#missing ?? 0) - length;
    if (this.#missing > 0) return;
    if (this.#missing < 0) return this.#fail(new Error('More was answered than was asked for'));
    this.#missing = undefined;
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.resolve();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#answer?.reject(this.#failure);
    this.#socket.destroy();
  }
}
