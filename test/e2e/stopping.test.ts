import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { startTestServer } from '../support/server.js';

/** A connection that stays open until the server closes it. */
async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

it('a server that stops lets go of connections on which nothing was asked, and of those that wait', async () => {
  const server = await startTestServer();
  const [unused, idle] = [await open(server.url), await open(server.url)];
  idle.write('GET /health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  await once(idle, 'data');
  const gone = Promise.all([unused, idle].map((socket) => once(socket, 'close')));

  await server.close();
  await gone;
  expect([unused.destroyed, idle.destroyed]).toEqual([true, true]);
});
