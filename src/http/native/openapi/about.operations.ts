import { mediaTypes } from '../formats/negotiation.js';
import { NoParameters, ProblemRequest } from '../requests/problem.requests.js';
import { json } from './answer-types.js';
import type { Operation } from './operation.js';

/** The routes about this interface. */
export const aboutOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    tag: 'About',
    summary: 'This document',
    request: NoParameters,
    answers: { [mediaTypes.json]: null },
  },
  {
    method: 'get',
    path: '/problems',
    id: 'listProblems',
    tag: 'About',
    summary: 'Every kind of problem',
    request: NoParameters,
    answers: json('ProblemCatalogue'),
  },
  {
    method: 'get',
    path: '/problems/{problem}',
    id: 'getProblem',
    tag: 'About',
    summary: 'One kind of problem: where the `type` of a problem document leads',
    request: ProblemRequest,
    answers: json('ProblemType'),
    problems: ['RESOURCE_DOES_NOT_EXIST'],
  },
];
