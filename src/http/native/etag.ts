import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Revision } from '../../application/ports/event-store.js';
import { invalidParameter } from './problems/problem.js';

/** The `ETag` of a model with all its versions: the revision of its stream. */
export function etagOf(revision: Revision): string {
  return `"${revision}"`;
}

/**
 * Sets the `ETag` of a read of the present.
 *
 * @returns whether the client has this already (`If-None-Match`): then a 304 is to be answered, without a body.
 */
export function isKnown(revision: Revision, request: FastifyRequest, reply: FastifyReply): boolean {
  const etag = etagOf(revision);
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/**
 * The revision at which a write is meant, from `If-Match`. Undefined when the client says nothing, or `*`.
 *
 * @throws Problem when it is not the `ETag` of a model.
 */
export function expectedRevision({ headers }: Pick<FastifyRequest, 'headers'>): Revision | undefined {
  const said = headers['if-match']?.trim();
  if (said === undefined || said === '*') return undefined;
  const [, digits] = /^"(\d{1,15})"$/.exec(said) ?? [];
  if (digits !== undefined) return Number(digits);
  throw invalidParameter(
    'If-Match',
    'If-Match has to be one ETag of the model, such as "12" with its quotation marks, or *.',
    'header',
  );
}
