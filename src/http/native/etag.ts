import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Revision } from '../../application/ports/event-store.js';
import { invalidParameter } from './problems/problem.js';

/** A model as a client has seen it. */
export interface SeenModel {
  readonly modelId: string;
  readonly revision: Revision;
}

/** The `ETag` of a model with all its versions: its id, for a name may pass to another one, and its stream's revision. */
export function etagOf({ modelId, revision }: SeenModel): string {
  return `"${modelId}.${revision}"`;
}

/**
 * Sets the `ETag` of a read of the present.
 *
 * @returns whether the client has this already (`If-None-Match`): then a 304 is to be answered, without a body.
 */
export function isKnown(seen: SeenModel, request: FastifyRequest, reply: FastifyReply): boolean {
  const etag = etagOf(seen);
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/**
 * The model for which a write is meant, from `If-Match`. Undefined when the client says nothing, or `*`.
 *
 * @param what has such an `ETag`, too
 * @throws Problem when it is none.
 */
export function expectedModel(
  { headers }: Pick<FastifyRequest, 'headers'>,
  what = 'model',
): SeenModel | undefined {
  const said = headers['if-match']?.trim();
  if (said === undefined || said === '*') return undefined;
  const [, modelId, revision] = /^"([\da-f-]{36})\.(\d{1,15})"$/.exec(said) ?? [];
  if (modelId !== undefined && revision !== undefined) return { modelId, revision: Number(revision) };
  throw invalidParameter(
    'If-Match',
    `If-Match has to be one ETag of the ${what} with its quotation marks, or *.`,
    'header',
  );
}
