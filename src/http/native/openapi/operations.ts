import { consumerOperations } from '../consumers/consumer.operations.js';
import { eventOperations } from '../events/event.operations.js';
import { mediaTypes } from '../formats/negotiation.js';
import { AuditRequest, DeletionsRequest, EntryRequest } from '../requests/audit.requests.js';
import { ModelRequest, VersionRequest } from '../requests/common.requests.js';
import { DiffRequest } from '../requests/diff.request.js';
import { IncidentReportRequest } from '../requests/incident.request.js';
import {
  ModelsRequest,
  RollbackPlanRequest,
  StageOccupancyRequest,
  StagesRequest,
  TransitionsRequest,
  VersionOccupancyRequest,
  VersionsRequest,
} from '../requests/models.requests.js';
import { NoParameters, ProblemRequest } from '../requests/problem.requests.js';
import {
  RestoreModelRequest,
  RestoreVersionRequest,
  RollbackRequest,
  TransitionRequest,
} from '../requests/write.requests.js';
import { webhookOperations } from '../webhooks/webhook.operations.js';
import type { Operation } from './operation.js';

const moment = ['INVALID_MOMENT'] as const;
const past = [...moment, 'RESOURCE_DOES_NOT_EXIST'] as const;
const window = [...moment, 'INVALID_WINDOW'] as const;
const pastWindow = [...past, 'INVALID_WINDOW'] as const;
const json = (schema: string) => ({ [mediaTypes.json]: schema });
const entries = (schema: string) => ({
  ...json(schema),
  [mediaTypes.ndjson]: 'AuditEntry',
  [mediaTypes.csv]: null,
});
const refusals = [
  'RESOURCE_DOES_NOT_EXIST',
  'RESOURCE_CONFLICT',
  'PRECONDITION_FAILED',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const;

const models: readonly Operation[] = [
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

const stages: readonly Operation[] = [
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

const audit: readonly Operation[] = [
  {
    method: 'get',
    path: '/audit',
    id: 'listAudit',
    tag: 'Audit',
    summary: 'Everything that happened',
    request: AuditRequest,
    answers: entries('AuditPage'),
    problems: [...window, 'NOT_ACCEPTABLE'],
  },
  {
    method: 'get',
    path: '/audit/production-changes',
    id: 'listProductionChanges',
    tag: 'Audit',
    summary: 'Every change of who is in Production, with the count',
    request: AuditRequest,
    answers: entries('CountedAuditPage'),
    problems: [...window, 'NOT_ACCEPTABLE'],
  },
  {
    method: 'get',
    path: '/audit/post-production-edits',
    id: 'listPostProductionEdits',
    tag: 'Audit',
    summary: 'What was changed about versions after they had reached Production, with the count',
    request: AuditRequest,
    answers: entries('CountedAuditPage'),
    problems: [...window, 'NOT_ACCEPTABLE'],
  },
  {
    method: 'get',
    path: '/audit/deletions',
    id: 'listDeletions',
    tag: 'Audit',
    summary: 'What was deleted, as it was right before',
    request: DeletionsRequest,
    answers: json('DeletionPage'),
    problems: window,
  },
  {
    method: 'get',
    path: '/audit/{event}',
    id: 'getAuditEntry',
    tag: 'Audit',
    summary: 'One event',
    request: EntryRequest,
    answers: json('EntryAnswer'),
    problems: past,
  },
  {
    method: 'get',
    path: '/diff',
    id: 'diff',
    tag: 'Audit',
    summary: 'Two versions side by side, or one at two times',
    request: DiffRequest,
    answers: json('DiffAnswer'),
    problems: past,
  },
  {
    method: 'get',
    path: '/incidents/report',
    id: 'getIncidentReport',
    tag: 'Audit',
    summary: 'What happened to a model in a window: the same bytes for the same log',
    request: IncidentReportRequest,
    answers: { ...json('IncidentReport'), [mediaTypes.md]: null },
    problems: [...pastWindow, 'NOT_ACCEPTABLE'],
  },
];

const writes: readonly Operation[] = [
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

const about: readonly Operation[] = [
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

/** Every route of the native API. A test compares them with those that there are. */
export const operations: readonly Operation[] = [
  ...models,
  ...stages,
  ...audit,
  ...writes,
  ...webhookOperations,
  ...eventOperations,
  ...consumerOperations,
  ...about,
];
