import {
  RestoreModelRequest,
  RestoreVersionRequest,
  RollbackRequest,
  TransitionRequest,
} from '../requests/write.requests.js';
import { json } from './answer-types.js';
import type { Operation } from './operation.js';

const refusals = [
  'RESOURCE_DOES_NOT_EXIST',
  'RESOURCE_CONFLICT',
  'PRECONDITION_FAILED',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

/** The routes that change models and versions. */
export const writeOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/models/{model}/versions/{version}/transitions',
    id: 'transitionVersion',
    tag: 'Writes',
    summary: 'Moves a version to a stage',
    request: TransitionRequest,
    answers: json('WriteAnswer'),
    problems: refusals,
  },
  {
    method: 'post',
    path: '/models/{model}/rollback',
    id: 'rollBack',
    tag: 'Writes',
    summary: 'Moves the version that was in a stage before back to it',
    request: RollbackRequest,
    answers: json('WriteAnswer'),
    problems: refusals,
  },
  {
    method: 'post',
    path: '/models/{model}/restore',
    id: 'restoreModel',
    tag: 'Writes',
    summary: 'Brings a deleted model back, by its id',
    request: RestoreModelRequest,
    answers: json('WriteAnswer'),
    problems: [...refusals, 'RESOURCE_ALREADY_EXISTS'],
  },
  {
    method: 'post',
    path: '/models/{model}/versions/{version}/restore',
    id: 'restoreVersion',
    tag: 'Writes',
    summary: 'Brings a deleted version back',
    request: RestoreVersionRequest,
    answers: json('WriteAnswer'),
    problems: refusals,
  },
];
