import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectToEventStoreDb } from '../../src/infrastructure/eventstoredb/connect.js';
import { readConnectionAddress } from '../../src/infrastructure/eventstoredb/connection-address.js';
import { makeCertificate } from '../support/eventstoredb/certificate.js';
import { Doubles } from '../support/eventstoredb/doubles.js';
import type { DoubleOptions } from '../support/eventstoredb/options.js';
import { fromTop } from './compose-file.js';

const doubles = new Doubles();
const admin = { name: 'admin', password: 'top secret', admin: true };
const annals = { name: 'annals', password: 'p@ss:w/rd' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annals-access-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A port as a server has it: gRPC goes to the double, and what is said about users over HTTP is noted and believed. */
class ServerPort {
  readonly said: string[] = [];
  readonly #users = new Set<string>();
  readonly #sockets = new Set<Socket>();
  readonly #listener: tls.Server;
  readonly #api = createServer((request, response) => void this.#answer(request, response));

  constructor(certificate: NonNullable<DoubleOptions['tls']>, double: number) {
    const [cert, key] = [readFileSync(certificate.certificate), readFileSync(certificate.key)];
    this.#listener = tls.createServer({ cert, key, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
      this.#keep(socket);
      if (socket.alpnProtocol === 'h2') {
        const onwards = tls.connect({ port: double, host: 'localhost', ca: cert, ALPNProtocols: ['h2'] });
        this.#keep(onwards);
        socket.pipe(onwards).pipe(socket);
      } else this.#api.emit('connection', socket);
    });
  }

  async listen(): Promise<number> {
    this.#listener.listen(0, 'localhost');
    await once(this.#listener, 'listening');
    return (this.#listener.address() as AddressInfo).port;
  }

  async kill(): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as Record<string, string>;
    this.said.push(`${request.method} ${request.url} ${JSON.stringify(body)}`);
    const name = body['loginName'];
    const isAdmin = request.headers.authorization === `Basic ${btoa(`${admin.name}:${admin.password}`)}`;
    if (!isAdmin) response.statusCode = 401;
    else if (name !== undefined) response.statusCode = this.#users.has(name) ? 409 : 201;
    if (name !== undefined) this.#users.add(name);
    response.setHeader('connection', 'close').end();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
  }
}

async function grantAccess(authority: string, port: number): Promise<{ code: unknown; output: string }> {
  const child = spawn(process.execPath, [fileURLToPath(fromTop('.docker/grant-access.mjs'))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ADMIN_PASSWORD: admin.password,
      ANNALS_EVENTSTORE_USERNAME: annals.name,
      ANNALS_EVENTSTORE_PASSWORD: annals.password,
      KURRENTDB_NODES: `localhost:${port}`,
      NODE_EXTRA_CA_CERTS: authority,
    },
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code, output };
}

describe('granting access', () => {
  it('lets a user who may do nothing else read $all, once and for all', async () => {
    const certificate = makeCertificate(folder);
    if (certificate === undefined) return;
    const double = await doubles.start({ tls: certificate, users: [admin, annals] });
    const server = doubles.keep(new ServerPort(certificate, double.port));
    const port = await server.listen();
    const connect = async () => {
      const silent = () => undefined;
      const store = await connectToEventStoreDb(readConnectionAddress(double.connectionStringFor(annals)), {
        streamPrefixes: ['model-'],
        observer: { committed: silent, conflicted: silent, resent: silent },
        log: { info: silent, warn: silent },
      });
      await store.close();
    };

    await expect(connect()).rejects.toThrow('reading $all is refused');
    const granted = { code: 0, output: 'annals may read $all\n' };
    expect(await grantAccess(certificate.authority, port)).toEqual(granted);
    await connect();
    const { append, batchAppend } = (await double.calls()).made;

    expect(await grantAccess(certificate.authority, port)).toEqual(granted);
    await connect();
    expect((await double.calls()).made).toMatchObject({ append, batchAppend });
    const user = `{"loginName":"annals","fullName":"Annals","groups":[],"password":"${annals.password}"}`;
    expect(server.said).toEqual([
      `POST /users/ ${user}`,
      `POST /users/ ${user}`,
      `POST /users/annals/command/reset-password {"newPassword":"${annals.password}"}`,
    ]);
  });
});
