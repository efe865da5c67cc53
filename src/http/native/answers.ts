import type { FastifyReply } from 'fastify';
import { asOfMessage } from './messages/history.messages.js';
import type { AsOf } from './moments/as-of.js';

export const positionHeader = 'x-as-of-position';

/** Says as of which position an answer is, for clients that do not read its body. */
export function sayAsOf(reply: FastifyReply, { position }: AsOf): void {
  void reply.header(positionHeader, String(position));
}

/** One page of a list. */
export function pageAnswer<Item>(
  reply: FastifyReply,
  asOf: AsOf,
  items: readonly Item[],
  next: string | null,
) {
  sayAsOf(reply, asOf);
  if (next !== null) void reply.header('link', `<${next}>; rel="next"`);
  return { items, next, asOf: asOfMessage(asOf) };
}
