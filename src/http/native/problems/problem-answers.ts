import { HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LogUnavailableError, WrongExpectedRevisionError } from '../../../application/ports/event-store.js';
import { allowedMethods } from '../../allowed-methods.js';
import { problems } from './catalogue.js';
import { explained } from './explained.js';
import { problemDocument, problemType } from './problem-document.js';
import { Problem } from './problem.js';

const retryAfterSeconds = 1;

/** Answers every error of the native API as a problem document. */
export class ProblemAnswers {
  readonly #log = new Logger('http');

  answer(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof HttpException && error.getStatus() === 404) answerUnknownRoute(request, reply);
    else answerProblem(this.#explain(error), request, reply);
  }

  #explain(error: unknown): Problem {
    const problem = explained(error);
    if (problem === undefined || isTrouble(error)) this.#log.error(error);
    return problem ?? new Problem('INTERNAL_ERROR', 'The request failed for a reason that is not its own.');
  }
}

/** What operators have to know of, although the client is told to try again. */
function isTrouble(error: unknown): boolean {
  return error instanceof LogUnavailableError || error instanceof WrongExpectedRevisionError;
}

/** Sends a problem document. */
export function answerProblem(
  problem: Problem,
  request: Pick<FastifyRequest, 'url' | 'id'>,
  reply: FastifyReply,
): void {
  const { status } = problems[problem.code];
  if (status === 503) void reply.header('retry-after', retryAfterSeconds);
  // What was to be sent instead had these.
  for (const header of ['content-disposition', 'etag', 'link']) void reply.removeHeader(header);
  void reply
    .status(status)
    .type(problemType)
    .send(JSON.stringify(problemDocument(problem, request.url, request.id)));
}

/** A path that does not exist, or one that does with another method. */
function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  const { path, methods } = allowedMethods(request);
  if (methods.length === 0) {
    return answerProblem(new Problem('ENDPOINT_NOT_FOUND', `There is nothing at ${path}`), request, reply);
  }
  void reply.header('allow', [...methods, 'OPTIONS'].join(', '));
  if (request.method === 'OPTIONS') return void reply.status(204).send();
  const detail = `${request.method} is not allowed here; ${methods.join(', ')} is`;
  return answerProblem(new Problem('METHOD_NOT_ALLOWED', detail), request, reply);
}
