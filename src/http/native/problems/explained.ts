import { HttpException } from '@nestjs/common';
import {
  AppendOutcomeUnknownError,
  AppendTooLargeError,
  LogClosedError,
  LogUnavailableError,
  WrongExpectedRevisionError,
} from '../../../application/ports/event-store.js';
import { TrackingServerError } from '../../../application/ports/tracking-server.js';
import { RefusedParameterError } from '../../../domain/refused-parameter-error.js';
import { RegistryError } from '../../../domain/registry-error.js';
import type { ProblemCode } from './catalogue.js';
import { Problem, invalidParameter, notNow } from './problem.js';

const byStatus: Readonly<Record<number, ProblemCode>> = {
  404: 'ENDPOINT_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** The problem that an error comes to; undefined when it is a defect of the service. */
export function explained(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof RefusedParameterError) {
    return invalidParameter(error.parameter, error.message, 'body');
  }
  if (error instanceof RegistryError) return new Problem(error.code, error.message);
  if (error instanceof TrackingServerError) return notNow(error.message);
  if (error instanceof AppendTooLargeError) {
    return new Problem(
      'TOO_LARGE',
      `The change is larger than the ${error.limit} bytes that the log takes at once.`,
    );
  }
  if (error instanceof AppendOutcomeUnknownError) {
    return notNow(
      'It is not known whether the change was stored: the log has stopped answering. Send the request again with the ' +
        'same Idempotency-Key; if it had none, look first whether the change is there.',
    );
  }
  if (error instanceof LogUnavailableError || error instanceof WrongExpectedRevisionError) {
    return notNow('The log cannot be reached at present.');
  }
  if (error instanceof LogClosedError) return notNow('The service is shutting down.');
  if (error instanceof HttpException && error.getStatus() < 500) {
    return new Problem(byStatus[error.getStatus()] ?? 'INVALID_PARAMETER_VALUE', error.message);
  }
  return undefined;
}
