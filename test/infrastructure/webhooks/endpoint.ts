import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpWebhookSender } from '../../../src/infrastructure/webhooks/http-webhook-sender.js';
import { AddressPolicy } from '../../../src/infrastructure/webhooks/address-policy.js';
import { readAllowList } from '../../../src/infrastructure/webhooks/allow-list.js';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on a port of this machine that notes what arrives. */
export interface TestEndpoint {
  readonly port: number;
  readonly arrived: readonly Arrived[];
  /** How many connections were made. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Answers each request as `answer` does, once it has arrived whole. */
export async function startEndpoint(
  answer: RequestListener = (_, response) => response.end(),
  tls?: ServerOptions,
): Promise<TestEndpoint> {
  const arrived: Arrived[] = [];
  const listener: RequestListener = (request, response) => {
    void noted(request).then((one) => {
      arrived.push(one);
      return answer(request, response);
    });
  };
  const server: Server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    get connections() {
      return connections;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What the names of hosts lead to: changed by a test, and unknown if it is not here. */
export type Names = Record<string, readonly string[]>;

/** A sender for which names lead where a test wants. */
export function senderFor(
  names: Names,
  allowed: readonly string[] = [],
  timeout = 10_000,
): HttpWebhookSender {
  return new HttpWebhookSender(new AddressPolicy(readAllowList(allowed), resolverOf(names)), timeout);
}

/** Finds what is there by now. */
export function resolverOf(names: Names) {
  return (host: string) => {
    const found = names[host];
    if (found === undefined) return Promise.reject(new Error(`getaddrinfo ENOTFOUND ${host}`));
    return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
}

async function noted(request: IncomingMessage): Promise<Arrived> {
  const { method, url, headers } = request;
  return { method, url, headers, body: await text(request) };
}
