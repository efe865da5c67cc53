import {
  RollbackPlanRequest,
  StageOccupancyRequest,
  StagesRequest,
  TransitionsRequest,
  VersionOccupancyRequest,
} from '../requests/models.requests.js';
import { json } from './answer-types.js';
import type { Operation } from './operation.js';
import { past, pastWindow } from './time-problems.js';

/** The routes of stages. */
export const stageOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/stages',
    id: 'listStages',
    tag: 'Stages',
    summary: 'Who is in which stage, by model and version',
    request: StagesRequest,
    answers: json('OccupancyPage'),
    problems: past,
  },
  {
    method: 'get',
    path: '/models/{model}/stages/{stage}/occupancy',
    id: 'listStageOccupancy',
    tag: 'Stages',
    summary: 'Who held a stage of a model, and when, by beginning',
    request: StageOccupancyRequest,
    answers: json('WindowOccupancyPage'),
    problems: pastWindow,
  },
  {
    method: 'get',
    path: '/models/{model}/versions/{version}/occupancy',
    id: 'listVersionOccupancy',
    tag: 'Stages',
    summary: 'Which stages a version held, and when, by beginning',
    request: VersionOccupancyRequest,
    answers: json('WindowOccupancyPage'),
    problems: pastWindow,
  },
  {
    method: 'get',
    path: '/models/{model}/versions/{version}/transitions',
    id: 'listTransitions',
    tag: 'Stages',
    summary: 'Every move of a version, oldest first',
    request: TransitionsRequest,
    answers: json('TransitionPage'),
    problems: past,
  },
  {
    method: 'get',
    path: '/models/{model}/rollback-plan',
    id: 'getRollbackPlan',
    tag: 'Stages',
    summary: 'Where a rollback would go',
    request: RollbackPlanRequest,
    answers: json('RollbackPlan'),
    problems: past,
  },
];
