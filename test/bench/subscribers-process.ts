import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { productionChanged } from '../../src/domain/notices/notice-type.js';
import type { Subscription } from './subscribers-load.js';

/** The process of {@link SubscribersProcess}. */
process.on('message', (message: Subscription | 'arrived') => {
  if (message === 'arrived') process.send?.(arrived);
  else {
    subscribe(message).then(
      () => process.send?.(null),
      (error: unknown) => process.send?.(String(error)),
    );
  }
});
process.once('disconnect', () => process.exit());

const arrived = { streams: 0, webhooks: 0 };

async function subscribe({ port, streams, webhooks }: Subscription): Promise<void> {
  const url = await receiver();
  for (let number = 0; number < webhooks; number += 1) await createWebhook(port, `${url}/${number}`, number);
  await Promise.all(Array.from({ length: streams }, () => openStream(port)));
}

async function receiver(): Promise<string> {
  const server = createServer((request, response) => {
    arrived.webhooks += 1;
    request.resume();
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function createWebhook(port: number, url: string, number: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/webhooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: `bench-${number}`,
      url,
      filter: { types: [productionChanged] },
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  await answer.arrayBuffer();
}

const beginning = Buffer.from('event: ');

/** Counts what comes, which is all that a thousand clients in one process have time for. */
async function openStream(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.write('GET /api/v1/events/stream HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n');
  await once(socket, 'data');
  socket.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(beginning); at >= 0; at = chunk.indexOf(beginning, at + 1))
      arrived.streams += 1;
  });
  socket.on('error', (error) => console.error(`A stream broke: ${error.message}`));
}
