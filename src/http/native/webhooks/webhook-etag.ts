import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Revision } from '../../../application/ports/event-store.js';
import { etagOf, expectedModel } from '../etag.js';
import { Problem } from '../problems/problem.js';

/** A webhook as a client has seen it. */
interface SeenWebhook {
  readonly id: string;
  readonly revision: Revision;
}

/** The `ETag` of the settings of a webhook, for `If-Match`: its id and the revision of its stream. */
export function webhookEtag({ id, revision }: SeenWebhook): string {
  return etagOf({ modelId: id, revision });
}

/**
 * Says which settings an answer shows. It is never answered with a 304: how far the webhook has been told is in the
 * answer, too, and moves without them.
 */
export function sayWebhookEtag(seen: SeenWebhook, reply: FastifyReply): void {
  void reply.header('etag', webhookEtag(seen)).header('cache-control', 'no-store');
}

/**
 * The revision for which a write is meant, from `If-Match`. Undefined when the client says nothing, or `*`.
 *
 * @throws Problem PRECONDITION_FAILED when it is that of another webhook.
 */
export function expectedRevision(id: string, request: FastifyRequest): Revision | undefined {
  const seen = expectedModel(request, 'webhook');
  if (seen === undefined || seen.modelId === id) return seen?.revision;
  throw new Problem('PRECONDITION_FAILED', 'If-Match is the ETag of something else than this webhook.');
}
