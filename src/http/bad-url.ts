import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorMessage } from './mlflow/error-message.js';
import { apiBase } from './native/api-path.js';
import { problemDocument, problemType } from './native/problems/problem-document.js';
import { Problem } from './native/problems/problem.js';

const detail = 'The path of the request is not percent-encoded UTF-8.';

/**
 * A path that cannot be decoded comes to no route, and so to no filter and no hook: it is refused here, in the shape of
 * its face.
 */
export function answerBadUrl(_error: unknown, { url, id }: FastifyRequest, { raw }: FastifyReply): void {
  const isNative = apiBase(url) !== undefined;
  const body = isNative
    ? problemDocument(new Problem('INVALID_PARAMETER_VALUE', detail), url, id)
    : errorMessage('INVALID_PARAMETER_VALUE', detail);
  raw.writeHead(400, {
    'content-type': isNative ? problemType : 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'x-request-id': id,
  });
  raw.end(JSON.stringify(body));
}
