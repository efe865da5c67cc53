import type { Server, ServerCredentials } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { CallLog } from './calls.js';

/** The sockets of the clients, which are kept here so that they can be cut. */
export class Connections {
  readonly #sockets = new Map<string, Socket>();

  constructor(private readonly calls: CallLog) {}

  /** Lets clients connect to a port of this machine, which is the answer. 0 is any port. */
  async listen(server: Server, credentials: ServerCredentials, port: number): Promise<number> {
    const injector = server.createConnectionInjector(credentials);
    const listener = createServer((socket) => {
      this.#keep(socket);
      injector.injectConnection(socket);
    });
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return (listener.address() as AddressInfo).port;
  }

  /** Cuts the connection of a client, as the call names it. */
  cut(peer: string): void {
    this.#sockets.get(peer)?.destroy();
  }

  cutAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #keep(socket: Socket): void {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#sockets.set(peer, socket);
    this.calls.connected(1);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(peer);
      this.calls.connected(-1);
    });
  }
}
