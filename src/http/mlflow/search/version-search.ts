import type {
  Order,
  VersionCondition,
  VersionOrderKey,
  VersionSearch,
} from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { type Attributes, type Comparison, invalidEntity, parseComparisons } from './comparison.js';
import { parseOrder } from './order-by.js';
import type { TokenBound } from './page-token.js';
import { pythonSet } from './python-values.js';
import { type SearchRequest, parseSearch } from './search-request.js';
import { alternatives, nameConditions, tagConditions, textTests } from './text-conditions.js';
import { versionNumberCondition } from './version-number-condition.js';

/** What model versions are found by, besides their tags. MLflow's messages name two numbers that are no keys. */
const attributes: Attributes = {
  keys: ['name', 'run_id', 'source_path', 'version_number'],
  listable: ['name', 'run_id'],
  numeric: ['creation_timestamp', 'last_updated_timestamp', 'version_number'],
};

const orderKeys: ReadonlyMap<string, VersionOrderKey> = new Map([
  ['name', 'name'],
  ['version_number', 'version'],
  ['creation_timestamp', 'createdAt'],
  ['last_updated_timestamp', 'updatedAt'],
]);

/**
 * What a client searches for among the model versions, newest change first unless it wants another order (MLflow
 * registry contract: search; MLflow's `SearchModelVersionUtils` and `search_model_versions`). The upper limit of
 * `max_results` is not checked here.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE for whatever is wrong with the request, in MLflow's words.
 */
export function parseVersionSearch(request: SearchRequest): TokenBound<VersionSearch> {
  return parseSearch({ target: 'model versions', parseFilter, parseOrder: parseVersionOrder }, request);
}

function parseFilter(filter: string): VersionCondition[] {
  return parseComparisons(filter, attributes).flatMap(conditionsOf);
}

function conditionsOf(comparison: Comparison): VersionCondition[] {
  if (comparison.subject === 'tag') return tagConditions(comparison);
  switch (comparison.key) {
    case 'name':
      return nameConditions(comparison);
    case 'version_number':
      return [versionNumberCondition(comparison)];
    case 'run_id':
      return runConditions(comparison);
    default:
      return textTests(comparison).map((test) => ({ kind: 'source_path', ...test }));
  }
}

function runConditions(comparison: Comparison): VersionCondition[] {
  const values = alternatives(comparison);
  if (values) return [{ kind: 'run_id_in', values }];
  return textTests(comparison).map((test) => ({ kind: 'run_id', ...test }));
}

function parseVersionOrder(orderBy: readonly string[]): Order<VersionOrderKey>[] {
  return parseOrder(orderBy.length > 0 ? orderBy : ['last_updated_timestamp DESC'], orderKey);
}

function orderKey(key: string): VersionOrderKey {
  const dot = key.indexOf('.');
  const entity = dot === -1 ? 'attribute' : key.slice(0, dot);
  const name = key.slice(dot + 1);
  if (!['attribute', 'tag', 'tags'].includes(entity)) throw invalidEntity(entity);
  const known = orderKeys.get(name);
  if (known) return known;
  const valid = pythonSet([...orderKeys.keys()]);
  throw invalidParameter(
    entity === 'attribute'
      ? `Invalid attribute key '${name}' specified. Valid keys are '${valid}'`
      : `Invalid order by key '${name}' specified. Valid keys are ${valid}`,
  );
}
