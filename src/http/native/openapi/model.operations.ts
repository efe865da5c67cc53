import { ModelRequest, VersionRequest } from '../requests/common.requests.js';
import { ModelsRequest, VersionsRequest } from '../requests/models.requests.js';
import { json } from './answer-types.js';
import type { Operation } from './operation.js';
import { moment, past } from './time-problems.js';

/** The routes of models and versions. */
export const modelOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/models',
    id: 'listModels',
    tag: 'Models',
    summary: 'The models, by name',
    request: ModelsRequest,
    answers: json('ModelPage'),
    problems: moment,
  },
  {
    method: 'get',
    path: '/models/{model}',
    id: 'getModel',
    tag: 'Models',
    summary: 'One model',
    request: ModelRequest,
    answers: json('ModelAnswer'),
    problems: past,
    hasEtag: true,
  },
  {
    method: 'get',
    path: '/models/{model}/versions',
    id: 'listVersions',
    tag: 'Models',
    summary: 'The versions of a model, by number',
    request: VersionsRequest,
    answers: json('VersionPage'),
    problems: past,
  },
  {
    method: 'get',
    path: '/models/{model}/versions/{version}',
    id: 'getVersion',
    tag: 'Models',
    summary: 'One version',
    request: VersionRequest,
    answers: json('VersionAnswer'),
    problems: past,
    hasEtag: true,
  },
];
