import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Page, PageEnd } from '../../../application/queries/search-criteria.js';
import type { AsOf } from '../moments/as-of.js';
import { PointsInTime } from '../moments/points-in-time.js';
import type { SaidMoment } from '../requests/moment.js';
import { pageToken, parsePageToken } from './page-token.js';

interface Paged {
  readonly asOf?: SaidMoment;
  readonly limit: number;
  readonly after?: string;
}

/** As of when a page is, and where it begins. */
export interface PageStart {
  readonly asOf: AsOf;
  readonly page: { readonly limit: number; readonly after?: PageEnd };
}

/** Pages of one query: all are as of the first one, whatever happens between them. */
@Injectable()
export class Pages {
  constructor(private readonly points: PointsInTime) {}

  async start({ asOf, limit, after }: Paged, { url }: Pick<FastifyRequest, 'url'>): Promise<PageStart> {
    if (after === undefined) return { asOf: await this.points.resolve(asOf), page: { limit } };
    const { position, end } = parsePageToken(after, queryOf(url));
    return { asOf: await this.points.resolve({ position }, 'after'), page: { limit, after: end } };
  }

  /** The same for what has a present of its own, of which the history knows nothing. */
  startAt(present: AsOf, { limit, after }: Paged, { url }: Pick<FastifyRequest, 'url'>): PageStart {
    if (after === undefined) return { asOf: present, page: { limit } };
    const { position, end } = parsePageToken(after, queryOf(url));
    return { asOf: { ...present, position }, page: { limit, after: end } };
  }

  /** The address of the page after this one; null after the last. */
  next({ end }: Page<unknown>, { position }: AsOf, { url }: Pick<FastifyRequest, 'url'>): string | null {
    if (end === undefined) return null;
    const [path = '', query = ''] = url.split('?', 2);
    const parameters = new URLSearchParams(query);
    parameters.set('after', pageToken({ position, end }, queryOf(url)));
    return `${path}?${parameters.toString()}`;
  }
}

/** What makes two requests pages of the same query: everything but the place and the size. */
function queryOf(url: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.delete('after');
  parameters.delete('limit');
  parameters.sort();
  return `${path}?${parameters.toString()}`;
}
