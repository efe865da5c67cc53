import { mediaTypes } from '../formats/negotiation.js';
import { AuditRequest, DeletionsRequest, EntryRequest } from '../requests/audit.requests.js';
import { DiffRequest } from '../requests/diff.request.js';
import { IncidentReportRequest } from '../requests/incident.request.js';
import { json } from './answer-types.js';
import type { Operation } from './operation.js';
import { past, pastWindow, window } from './time-problems.js';

const entries = (schema: string) => ({
  ...json(schema),
  [mediaTypes.ndjson]: 'AuditEntry',
  [mediaTypes.csv]: null,
});

/** The routes of the audit trail and of what is made of it. */
export const auditOperations: readonly Operation[] = [
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
