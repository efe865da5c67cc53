import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RegistryErrorAnswers } from './mlflow/registry-error-answers.js';
import { apiBase } from './native/api-path.js';
import { ProblemAnswers } from './native/problems/problem-answers.js';

/** Each face answers its errors in a shape of its own, also where it has no route. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #native = new ProblemAnswers();
  readonly #mlflow = new RegistryErrorAnswers();

  catch(error: unknown, host: ArgumentsHost): void {
    const { url } = host.switchToHttp().getRequest<FastifyRequest>();
    (apiBase(url) === undefined ? this.#mlflow : this.#native).answer(error, host);
  }
}
