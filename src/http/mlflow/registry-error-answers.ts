import { HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AppendOutcomeUnknownError,
  AppendTooLargeError,
  LogClosedError,
  LogUnavailableError,
  WrongExpectedRevisionError,
} from '../../application/ports/event-store.js';
import { TrackingServerError } from '../../application/ports/tracking-server.js';
import { RegistryError } from '../../domain/registry-error.js';
import type { RegistryErrorCode } from '../../domain/registry-error.js';
import { allowedMethods } from '../allowed-methods.js';
import { errorMessage, statusOf } from './error-message.js';

const retryAfterSeconds = 1;

const outcomeUnknown =
  'It is not known whether the change was stored: the log has stopped answering. Send the request again with the ' +
  'same Idempotency-Key; if it had none, look first whether the change is there.';

/** Answers every error in MLflow's shape: `error_code` and `message` (registry contract, "errors"). */
export class RegistryErrorAnswers {
  readonly #log = new Logger('http');

  answer(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof HttpException && error.getStatus() === 404)
      return answerUnknownRoute(request, reply);
    const { code, message, status = statusOf(code) } = this.#explain(error);
    if (status === 503) void reply.header('retry-after', retryAfterSeconds);
    void reply.status(status).send(errorMessage(code, message));
  }

  #explain(error: unknown): { code: RegistryErrorCode; message: string; status?: number } {
    if (error instanceof RegistryError) return error;
    if (error instanceof TrackingServerError)
      return { code: 'TEMPORARILY_UNAVAILABLE', message: error.message };
    if (error instanceof AppendOutcomeUnknownError) {
      this.#log.error(error);
      return { code: 'TEMPORARILY_UNAVAILABLE', message: outcomeUnknown };
    }
    if (error instanceof AppendTooLargeError) {
      const message = `The change is larger than the ${error.limit} bytes that the log takes at once.`;
      return { code: 'INVALID_PARAMETER_VALUE', message, status: 413 };
    }
    if (error instanceof LogUnavailableError || error instanceof WrongExpectedRevisionError) {
      this.#log.error(error);
      return { code: 'TEMPORARILY_UNAVAILABLE', message: 'The log cannot be reached at present.' };
    }
    if (error instanceof LogClosedError) {
      return { code: 'TEMPORARILY_UNAVAILABLE', message: 'The service is shutting down.' };
    }
    if (error instanceof HttpException && error.getStatus() < 500) {
      return { code: 'INVALID_PARAMETER_VALUE', message: error.message, status: error.getStatus() };
    }
    this.#log.error(error);
    return { code: 'INTERNAL_ERROR', message: 'The request failed for a reason that is not its own.' };
  }
}

/** A path that does not exist, or one that does with another method. */
function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  const { path, methods } = allowedMethods(request);
  if (methods.length === 0) {
    void reply.status(404).send(errorMessage('ENDPOINT_NOT_FOUND', `There is nothing at ${path}`));
    return;
  }
  void reply.header('allow', [...methods, 'OPTIONS'].join(', '));
  if (request.method === 'OPTIONS') void reply.status(204).send();
  else {
    const message = `${request.method} is not allowed here; ${methods.join(', ')} is`;
    void reply.status(405).send(errorMessage('ENDPOINT_NOT_FOUND', message));
  }
}
