import { parseModelSearch } from '../../../../src/http/mlflow/search/model-search.js';
import type { SearchRequest } from '../../../../src/http/mlflow/search/search-request.js';
import { parseVersionSearch } from '../../../../src/http/mlflow/search/version-search.js';
import { refusal } from '../refusal.js';

const nothing: SearchRequest = { filter: '', max_results: 10, order_by: [], page_token: '' };

export function searchModels(request: Partial<SearchRequest> = {}) {
  return parseModelSearch({ ...nothing, ...request });
}

export function searchVersions(request: Partial<SearchRequest> = {}) {
  return parseVersionSearch({ ...nothing, ...request });
}

export function modelConditions(filter: string) {
  return searchModels({ filter }).conditions;
}

export function versionConditions(filter: string) {
  return searchVersions({ filter }).conditions;
}

export const modelRefusal = (filter: string) => refusal(() => searchModels({ filter }));

export const versionRefusal = (filter: string) => refusal(() => searchVersions({ filter }));
