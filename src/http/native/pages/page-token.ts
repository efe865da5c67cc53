import { createHash } from 'node:crypto';
import type { Position } from '../../../application/ports/event-store.js';
import type { PageEnd } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../problems/problem.js';

/** Where a page ended, and as of when. */
export interface PagePlace {
  readonly position: Position;
  readonly end: PageEnd;
}

/** The opaque text for a place in the answer to a query. It is good for that query only. */
export function pageToken(place: PagePlace, query: string): string {
  const fields = [place.position, place.end];
  return Buffer.from(JSON.stringify([checksum(fields, query), ...fields])).toString('base64url');
}

/** @throws Problem when it is not a token for this query. */
export function parsePageToken(token: string, query: string): PagePlace {
  try {
    const [sum, position, end] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown[];
    if (sum === checksum([position, end], query)) return { position, end } as PagePlace;
  } catch {
    // Falls through: whatever it is, it is no token.
  }
  throw invalidParameter('after', 'after has to be taken from `next` of a page of the same query.');
}

function checksum(fields: readonly unknown[], query: string): string {
  return createHash('sha256')
    .update(JSON.stringify([fields, query]))
    .digest('base64url')
    .slice(0, 16);
}
