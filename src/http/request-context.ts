import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../application/deciding/command-context.js';
import { invalidParameter } from '../domain/registry-error.js';
import { actorOf } from './auth/actor.js';

const maxKeyLength = 255;
const maxUserAgentLength = 512;

/** A handler's parameter: who asks, from where, in which request. */
export const Context = createParamDecorator((_: unknown, context: ExecutionContext) =>
  commandContext(context.switchToHttp().getRequest<FastifyRequest>()),
);

function commandContext(request: FastifyRequest): CommandContext {
  const { headers, id: requestId } = request;
  const key = headers['idempotency-key'];
  return {
    actor: actorOf(request),
    client: { address: request.ip, userAgent: headers['user-agent']?.slice(0, maxUserAgentLength) ?? null },
    requestId,
    correlationId: correlationOf(request),
    ...(key === undefined ? {} : { idempotencyKey: idempotencyKey(key) }),
  };
}

/** What the request belongs to in the eyes of the client, `X-Correlation-Id`; itself if the client says nothing. */
export function correlationOf({ headers, id }: Pick<FastifyRequest, 'headers' | 'id'>): string {
  return identifier(headers['x-correlation-id']) ?? id;
}

function idempotencyKey(key: string | string[]): string {
  if (typeof key === 'string' && key.trim() !== '' && key.length <= maxKeyLength) return key;
  throw invalidParameter(`The Idempotency-Key header has to be one text of 1 to ${maxKeyLength} characters.`);
}

/** An id that a client or a proxy gave, if it looks like one. */
export function identifier(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:/+=@-]{1,128}$/.test(header) ? header : undefined;
}
