import type {
  ModelCondition,
  ModelOrderKey,
  ModelSearch,
  Order,
} from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type Attributes, type Comparison, parseComparisons } from './comparison.js';
import { parseOrder } from './order-by.js';
import type { TokenBound } from './page-token.js';
import { pythonSet } from './python-values.js';
import { type SearchRequest, parseSearch } from './search-request.js';
import { nameConditions, tagConditions } from './text-conditions.js';

/** What registered models are found by, besides their tags. */
const attributes: Attributes = { keys: ['name'], listable: ['name'] };

const orderKeys: ReadonlyMap<string, ModelOrderKey> = new Map([
  ['name', 'name'],
  ['timestamp', 'updatedAt'],
  ['last_updated_timestamp', 'updatedAt'],
]);

/**
 * What a client searches for among the registered models (MLflow registry contract: search; MLflow's
 * `SearchModelUtils` and `search_registered_models`). The upper limit of `max_results` is not checked here.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE for whatever is wrong with the request, in MLflow's words.
 */
export function parseModelSearch(request: SearchRequest): TokenBound<ModelSearch> {
  return parseSearch({ target: 'registered models', parseFilter, parseOrder: parseModelOrder }, request);
}

function parseFilter(filter: string): ModelCondition[] {
  return parseComparisons(filter, attributes).flatMap(conditionsOf);
}

function conditionsOf(comparison: Comparison): ModelCondition[] {
  return comparison.subject === 'tag' ? tagConditions(comparison) : nameConditions(comparison);
}

function parseModelOrder(orderBy: readonly string[]): Order<ModelOrderKey>[] {
  return parseOrder(orderBy, orderKey);
}

function orderKey(key: string): ModelOrderKey {
  const known = orderKeys.get(key);
  if (known) return known;
  const recommended = pythonSet(['name', 'timestamp']);
  throw invalidParameter(`Invalid order by key '${key}' specified. Valid keys are '${recommended}'`);
}
