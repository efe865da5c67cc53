import { createHash } from 'node:crypto';
import type { Page, PageEnd, SearchCriteria } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { decodeBase64 } from './base64.js';
import { pythonBytes, pythonValue } from './python-values.js';
import { refuseUnstorable } from './unstorable-text.js';

/** What the pages of a search have in common, and their tokens are bound to. Their size may change. */
type PagedSearch = Pick<SearchCriteria<object, string>, 'conditions' | 'prompts' | 'order'> & {
  /** What is searched for, in words. */
  readonly target: string;
};

/** A search that has page tokens of its own. */
export type TokenBound<Search extends SearchCriteria<object, string>> = Search & PagedSearch;

/** What a token says, as JSON in base64: where the page ended, and for which search. */
interface Content {
  readonly after: PageEnd;
  readonly seal: string;
}

/** The field of MLflow's answer that leads to the next page, if there is one. Clients send the token as it is. */
export function nextPageToken(search: PagedSearch, page: Page<unknown>): { next_page_token?: string } {
  if (!page.end) return {};
  const content: Content = { after: page.end, seal: seal(search, page.end) };
  return { next_page_token: Buffer.from(JSON.stringify(content)).toString('base64') };
}

/**
 * Where the previous page ended, according to a token of {@link nextPageToken}.
 *
 * MLflow's own tokens are offsets into the result. They are refused, as are tokens of other searches, which would
 * show pages that do not fit together.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words where it has some
 * (`mlflow.utils.search_utils`, `parse_start_offset_from_page_token`).
 */
export function decodePageToken(search: PagedSearch, token: string): PageEnd {
  refuseUnstorable('page_token', token);
  const content = contentOf(token);
  if (content.seal === seal(search, content.after)) return content.after;
  throw invalidParameter(
    `Invalid page token, it does not belong to this search of ${search.target}: ` +
      'filter and order_by must be the same for all pages',
  );
}

function contentOf(token: string): Content {
  const bytes = decodeBase64(token);
  if (!bytes) throw invalidParameter('Invalid page token, could not base64-decode');
  const value = parseJson(bytes);
  if (value === undefined) throw invalidParameter(`Invalid page token, decoded value=${pythonBytes(bytes)}`);
  if (isContent(value)) return value;
  const offset = offsetIn(value);
  if (!offset) throw invalidParameter(`Invalid page token, parsed value=${pythonValue(value)}`);
  if (!/^\s*[+-]?\d+\s*$/u.test(offset)) {
    throw invalidParameter(`Invalid page token, not stringable ${offset}`);
  }
  throw invalidParameter('Invalid page token, offsets are not supported: start again without a page token');
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isContent(value: unknown): value is Content {
  if (typeof value !== 'object' || value === null || !('after' in value) || !('seal' in value)) return false;
  return typeof value.seal === 'string' && Array.isArray(value.after) && value.after.every(isSortKey);
}

function isSortKey(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** The offset in a token of MLflow's own kind, as text; undefined if there is none, or zero. */
function offsetIn(value: unknown): string | undefined {
  const offset = typeof value === 'object' && value !== null && 'offset' in value ? value.offset : undefined;
  if (!offset) return undefined;
  if (typeof offset === 'string') return offset;
  return typeof offset === 'number' ? String(Math.trunc(offset)) : pythonValue(offset);
}

/** It changes with the search and with the end, so that no token is taken for another search or after a change. */
function seal({ target, conditions, prompts, order }: PagedSearch, end: PageEnd): string {
  return createHash('sha256')
    .update(JSON.stringify([target, conditions, prompts, order, end]))
    .digest('base64url')
    .slice(0, 22);
}
