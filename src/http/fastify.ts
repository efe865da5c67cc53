import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { CatchingUp } from '../application/deciding/catching-up.js';
import { answerBadUrl } from './bad-url.js';
import { protectFromForeignPages } from './browser-protection.js';
import type { BrowserPolicy } from './browser-protection.js';
import type { Metrics } from './operations/metrics.js';
import { toJsonText } from './json-text.js';
import { rememberAnswers } from './remembered-answers.js';
import { correlationOf, identifier } from './request-context.js';
import { readTheLog } from './strict-reads.js';

/** Bytes of a request body at most: the largest event has to fit into one append of every log. */
const bodyLimit = 1_000_000;

/** Characters of one part of a path at most: no request line is longer. */
const maxParamLength = 65_536;

/**
 * The HTTP server: what is the same for every request, whatever it is about.
 *
 * @param strictly what every read waits for before it is answered; nothing if it is undefined
 */
export function httpAdapter(
  log: Logger,
  metrics: Metrics,
  policy: BrowserPolicy,
  readModelChanges: () => number,
  strictly?: CatchingUp,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit,
    loggerInstance: log,
    routerOptions: { maxParamLength },
    frameworkErrors: answerBadUrl,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }: IncomingMessage) => identifier(headers['x-request-id']) ?? randomUUID(),
  });
  const server: FastifyInstance = adapter.getInstance();
  server.setReplySerializer(toJsonText);
  takeBodiesAsText(server);
  letGoOfConnections(server);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('x-frame-options', 'SAMEORIGIN');
    done();
  });
  protectFromForeignPages(server, policy);
  if (strictly) readTheLog(server, strictly);
  rememberAnswers(server, readModelChanges);
  server.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { method, routeOptions, url, id } = request;
    metrics.requestAnswered(method, routeOptions.url ?? 'unknown', statusCode, elapsedTime);
    log[levelOf(method, statusCode)](
      {
        requestId: id,
        correlationId: correlationOf(request),
        method,
        url,
        status: statusCode,
        milliseconds: elapsedTime,
      },
      'request',
    );
    done();
  });
  return adapter;
}

/** Successful reads are the noise of every registry, and "not now" is no error. */
function levelOf(method: string, status: number): 'error' | 'info' | 'debug' {
  if (status >= 500 && status !== 503) return 'error';
  return method === 'GET' || method === 'HEAD' ? 'debug' : 'info';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Each face reads its own bodies, because MLflow's rules for them are unusual: a GET may have one, the content type
 * matters for a POST only, and what is no JSON is an empty message. What is not UTF-8 is nothing at all.
 */
function takeBodiesAsText(server: FastifyInstance): void {
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, textOf(body as Buffer));
  });
}

function textOf(body: Buffer): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

/** How long requests that are under way may hold up the end of the server, in milliseconds. */
const patience = 5_000;

/**
 * A connection that is kept alive would hold up the end of the server after its last answer, and so would one on which
 * nothing was ever asked: browsers and others open some beforehand, which do not count as idle. So would, for ever, a
 * client that never sends the rest of its request, or never takes its answer.
 */
function letGoOfConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  server.addHook('preClose', async () => {
    const sweep = setInterval(() => {
      server.server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, 20);
    const end = setTimeout(() => server.server.closeAllConnections(), patience);
    server.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}
