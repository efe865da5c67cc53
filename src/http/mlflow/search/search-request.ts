import type { Order, SearchCriteria, TagCondition } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type TokenBound, decodePageToken } from './page-token.js';
import { applyPromptRule } from './prompt-rule.js';
import { refuseUnstorable } from './unstorable-text.js';

/** What clients send to either search, with the defaults filled in. */
export interface SearchRequest {
  /** An empty one lets everything through. */
  readonly filter: string;
  readonly max_results: number;
  readonly order_by: readonly string[];
  /** Empty for the first page. */
  readonly page_token: string;
}

/** How one kind of thing is searched for. */
export interface SearchGrammar<Condition extends { readonly kind: string }, Key extends string> {
  /** What is searched for, in words. */
  readonly target: string;
  parseFilter(filter: string): readonly (Condition | TagCondition)[];
  parseOrder(orderBy: readonly string[]): readonly Order<Key>[];
}

/** All conditions have to hold, so that more of them are hardly meant; databases do not take many more. */
const maxConditions = 1_000;

/**
 * What a client searches for.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE for whatever is wrong with the request, in MLflow's words.
 */
export function parseSearch<Condition extends { readonly kind: string }, Key extends string>(
  grammar: SearchGrammar<Condition, Key>,
  request: SearchRequest,
): TokenBound<SearchCriteria<Condition | TagCondition, Key>> {
  const limit = request.max_results;
  if (!Number.isInteger(limit) || limit < 1) {
    throw invalidParameter(`Invalid value for max_results. It must be a positive integer, but got ${limit}`);
  }
  refuseUnstorable('filter', request.filter);
  const all = grammar.parseFilter(request.filter);
  if (all.length > maxConditions) {
    throw invalidParameter(`Invalid filter. It has ${all.length} conditions; the most is ${maxConditions}.`);
  }
  const order = grammar.parseOrder(request.order_by);
  const search = { target: grammar.target, ...applyPromptRule(all), order, limit };
  if (request.page_token === '') return search;
  return { ...search, after: decodePageToken(search, request.page_token) };
}
