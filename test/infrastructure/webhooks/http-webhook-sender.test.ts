import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { HttpWebhookSender } from '../../../src/infrastructure/webhooks/http-webhook-sender.js';
import { makeCertificate } from '../../support/eventstoredb/certificate.js';
import { senderFor, startEndpoint } from './endpoint.js';
import type { TestEndpoint } from './endpoint.js';

const names = { 'hooks.test': ['127.0.0.1'], localhost: ['127.0.0.1'] };
const request = { headers: { 'content-type': 'application/json' }, body: '{"name":"schön"}' };

describe('a webhook that is sent', () => {
  const opened: (TestEndpoint | HttpWebhookSender)[] = [];

  afterEach(() => Promise.all(opened.splice(0).map(async (one) => one.close())));

  async function endpoint(answer?: RequestListener) {
    const started = await startEndpoint(answer);
    opened.push(started);
    return started;
  }

  function sender(timeout?: number) {
    const made = senderFor(names, ['hooks.test', '127.0.0.0/8', 'localhost'], timeout);
    opened.push(made);
    return made;
  }

  it('arrives as it is, with what HTTP needs', async () => {
    const { arrived, port } = await endpoint();
    await sender().send({ ...request, url: `http://hooks.test:${port}/a%20b?c=d#e` });
    expect(arrived).toEqual([
      {
        method: 'POST',
        url: '/a%20b?c=d',
        headers: {
          'content-type': 'application/json',
          'content-length': '17',
          'accept-encoding': 'identity',
          'user-agent': expect.stringMatching(/^Annals\/\d+\.\d+\.\d+$/),
          connection: 'keep-alive',
          host: `hooks.test:${port}`,
        },
        body: request.body,
      },
    ]);
  });

  it('is answered with status, body, patience and how long it took', async () => {
    const { port } = await endpoint((_, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end('später'),
    );
    expect(await sender().send({ ...request, url: `http://hooks.test:${port}` })).toEqual({
      status: 429,
      error: null,
      excerpt: 'später',
      retryAfter: 7_000,
      milliseconds: expect.any(Number),
    });
  });

  it('takes user and password from the URL, and shows them nowhere else', async () => {
    const { arrived, port } = await endpoint();
    await sender().send({ ...request, url: `http://ad%61:p%40ss%C3%A4@hooks.test:${port}/` });
    expect(arrived[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ada:p@ssä').toString('base64')}`);
    expect(arrived[0]?.headers.host).toBe(`hooks.test:${port}`);
    expect(arrived[0]?.url).toBe('/');
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await endpoint();
    const { port } = await endpoint((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
    );
    expect(await sender().send({ ...request, url: `http://hooks.test:${port}` })).toMatchObject({
      status: 307,
      error: null,
    });
    expect(elsewhere.connections).toBe(0);
  });

  it.each([
    ['ends with it', 'x'.repeat(4_096)],
    ['has more', 'x'.repeat(1_000_000)],
  ])('is told no more than 4,096 characters of a body that %s', async (_, body) => {
    const { port } = await endpoint((_, response) => response.end(body));
    const { excerpt } = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect(excerpt).toBe('x'.repeat(4_096));
  });

  it('is told whole characters', async () => {
    const { port } = await endpoint((_, response) => response.end(`x${'🌱'.repeat(3_000)}`));
    const { excerpt } = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect(excerpt).toBe(`x${'🌱'.repeat(2_047)}`);
  });

  it('does not wait for a body that has no end', async () => {
    const { port } = await endpoint((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    const { status, excerpt } = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect([status, excerpt]).toEqual([200, 'x'.repeat(4_096)]);
  });

  it('counts as answered when the body breaks off', async () => {
    const { port } = await endpoint((_, response) => {
      response.writeHead(202, { 'content-length': '100' }).write('half', () => response.destroy());
    });
    const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect(answer).toMatchObject({ status: 202, error: null, excerpt: 'half' });
  });

  it('counts as answered when the body takes too long', async () => {
    const { port } = await endpoint((_, response) => void response.write('half'));
    const answer = await sender(100).send({ ...request, url: `http://hooks.test:${port}` });
    expect(answer).toMatchObject({ status: 200, error: null, excerpt: 'half' });
  });

  it('fails when there is no answer in time', async () => {
    const { port } = await endpoint(() => {});
    const answer = await sender(50).send({ ...request, url: `http://hooks.test:${port}` });
    expect(answer).toMatchObject({ status: null, error: 'There was no answer within 0.05 s', excerpt: null });
  });

  it('fails when it is stopped, before or while it is sent', async () => {
    const stopping = new AbortController();
    const { port } = await endpoint(() => stopping.abort());
    for (let count = 0; count < 2; count += 1) {
      const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` }, stopping.signal);
      expect(answer).toMatchObject({ status: null, error: 'It was stopped before there was an answer' });
    }
  });

  it('fails when the connection is cut', async () => {
    const { port } = await endpoint((_, response) => response.destroy());
    const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect(answer).toMatchObject({ status: null, error: 'socket hang up' });
  });

  it('fails when nobody listens', async () => {
    const { port, close } = await startEndpoint();
    await close();
    const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` });
    expect(answer).toMatchObject({ status: null, error: `connect ECONNREFUSED 127.0.0.1:${port}` });
  });

  it('counts as answered when the body makes no sense', async () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
    for (const words of [`${head}nonsense`, `${head}4\r\nhalf\r\nnonsense`]) {
      const { port, close } = await startSpeaker(words);
      const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` });
      expect(answer).toMatchObject({ status: 200, error: null });
      close();
    }
  });

  it('fails when the other side does not speak HTTP, changes the subject, or has no end of headers', async () => {
    for (const words of [
      'SSH-2.0-x\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}`,
    ]) {
      const { port, close } = await startSpeaker(words);
      const answer = await sender().send({ ...request, url: `http://hooks.test:${port}` });
      expect(answer).toMatchObject({ status: null, error: expect.stringMatching(/./) });
      close();
    }
  });

  it('fails, and does not reject, when it makes no sense', async () => {
    const impossible = { ...request, headers: { 'ce-subject': 'ä\n' }, url: 'http://hooks.test/' };
    expect(await sender().send(impossible)).toMatchObject({ status: null, error: /Invalid character/ });
    expect(await sender().send({ ...request, url: 'nonsense' })).toMatchObject({
      status: null,
      error: "Invalid webhook URL scheme: ''. Allowed schemes are: https.",
    });
  });

  it('uses a connection again', async () => {
    const started = await endpoint();
    const one = sender();
    await one.send({ ...request, url: `http://hooks.test:${started.port}` });
    await one.send({ ...request, url: `http://hooks.test:${started.port}` });
    expect([started.arrived.length, started.connections]).toEqual([2, 1]);
  });

  it('is sent over a new connection when the kept one turns out to be closed', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        socket.once('data', () => socket.resetAndDestroy());
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const one = sender();
    const url = `http://hooks.test:${(server.address() as AddressInfo).port}`;
    for (let count = 0; count < 3; count += 1) {
      expect(await one.send({ ...request, url })).toMatchObject({ status: 204, error: null });
    }
    expect(connections).toBe(3);
    server.close();
  });

  it('goes to whoever has a certificate that is trusted, and to nobody else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'annals-tls-'));
    const made = makeCertificate(folder);
    const usual = getCACertificates('default');
    try {
      if (made === undefined) return;
      const certificate = readFileSync(made.certificate, 'utf8');
      const secure = await startEndpoint(undefined, { cert: certificate, key: readFileSync(made.key) });
      opened.push(secure);
      const url = `https://localhost:${secure.port}/`;
      expect(await sender().send({ ...request, url })).toMatchObject({
        status: null,
        error: expect.stringContaining('self-signed certificate'),
      });
      expect(secure.arrived).toEqual([]);
      setDefaultCACertificates([...usual, certificate]);
      expect(await sender().send({ ...request, url })).toMatchObject({ status: 200, error: null });
      expect(await sender().send({ ...request, url: url.replace('localhost', 'hooks.test') })).toMatchObject({
        status: null,
        error: expect.stringContaining("does not match certificate's altnames"),
      });
    } finally {
      setDefaultCACertificates(usual);
      rmSync(folder, { recursive: true });
    }
  });
});

/** Says the same to everybody who connects, and hangs up. */
async function startSpeaker(words: string): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(words);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}
