import { stages } from '../../../domain/registered-model/stage.js';
import { consumerSchemas } from '../consumers/consumer.schemas.js';
import { eventApiSchemas } from '../events/event-api.schemas.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { webhookSchemas } from '../webhooks/webhook.schemas.js';
import { problems } from '../problems/catalogue.js';
import { auditSchemas } from './audit.schemas.js';
import {
  anyObject,
  boolean,
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  ref,
  string,
  time,
  uuid,
} from './schema-words.js';

const tags = list(object({ key: string, value: string }), 'By key, in byte order.');
const revision = described(integer, 'Place in the stream of the model, from 0: the ETag is made of it.');

const actor = {
  type: enumeration('user', 'unauthenticated', 'system'),
  id: string,
  authentication: enumeration('unauthenticated', 'basic-unverified', 'system'),
};

const occupancy = {
  modelId: uuid,
  model: string,
  version: integer,
  stage: ref('Stage'),
  opened: ref('Cause'),
  closed: nullable(ref('Cause'), 'Null when it still held the stage.'),
  milliseconds: described(integer, 'How long it had held the stage.'),
};

/** What the native API answers with, by name. */
export const schemas: Readonly<Record<string, JsonSchema>> = {
  AsOf: object(
    {
      position: described(integer, 'Place in the log. 0 when nothing has been recorded yet.'),
      time: nullable(time, 'When the newest event up to there was recorded.'),
    },
    'What the answer was computed at: everything up to there and nothing after it.',
  ),
  Stage: enumeration(...stages),
  Actor: object(actor),
  Model: object({
    id: described(uuid, 'It never changes.'),
    name: described(string, 'A deleted model has the one that it had at last.'),
    description: string,
    tags,
    aliases: list(object({ alias: string, version: integer })),
    revision,
    deleted: boolean,
    createdAt: time,
    updatedAt: time,
  }),
  Version: object({
    modelId: uuid,
    model: described(string, 'Name of the model.'),
    version: integer,
    stage: ref('Stage'),
    description: nullable(string),
    status: enumeration('PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY'),
    statusMessage: nullable(string),
    source: string,
    storageLocation: nullable(string, 'Where the artifacts are, if the source refers to another model.'),
    runId: string,
    runLink: string,
    loggedModelId: nullable(string),
    tags,
    aliases: list(string),
    revision,
    deleted: boolean,
    createdAt: time,
    updatedAt: time,
  }),
  Cause: object(
    {
      position: integer,
      eventId: string,
      type: string,
      actor: ref('Actor'),
      comment: nullable(string),
      inFavourOf: nullable(integer, 'The version whose transition archived this one.'),
      correlationId: string,
      happenedAt: time,
      recordedAt: time,
    },
    'The event that began or ended something: when, by whom and why.',
  ),
  Occupancy: object(occupancy, 'An interval in which a version held a stage.'),
  Transition: object({
    modelId: uuid,
    version: integer,
    from: ref('Stage'),
    to: ref('Stage'),
    cause: ref('Cause'),
  }),
  ...auditSchemas,
  Deletion: object({
    entry: ref('AuditEntry'),
    before: described(integer, 'The last position at which it was there, for `asOf=position:…`.'),
    model: described(ref('Model'), 'As it was right before.'),
    version: nullable(ref('Version'), 'The version that was deleted, as it was right before.'),
    restoredAt: nullable(integer, 'Position of the event that restored it.'),
  }),
  FieldDifference: object({
    field: string,
    left: described({}, 'Null where it is not there.'),
    right: {},
    changed: boolean,
  }),
  Difference: object({
    changed: boolean,
    fields: list(ref('FieldDifference')),
    tags: list(ref('FieldDifference')),
    aliases: list(ref('FieldDifference')),
  }),
  ModelAnswer: object({ model: ref('Model'), asOf: ref('AsOf') }),
  VersionAnswer: object({ version: ref('Version'), asOf: ref('AsOf') }),
  EntryAnswer: object({ entry: ref('AuditEntry'), asOf: ref('AsOf') }),
  ModelPage: page('Model'),
  VersionPage: page('Version'),
  OccupancyPage: page('Occupancy'),
  WindowOccupancyPage: page('Occupancy', {
    until: described(ref('AsOf'), 'The end of the window: what ended later has not ended.'),
  }),
  TransitionPage: page('Transition'),
  AuditPage: page('AuditEntry'),
  CountedAuditPage: page('AuditEntry', { count: described(integer, 'How many entries all pages have.') }),
  DeletionPage: page('Deletion'),
  DiffAnswer: object({
    left: ref('VersionAnswer'),
    right: ref('VersionAnswer'),
    difference: ref('Difference'),
    asOf: ref('AsOf'),
  }),
  RollbackPlan: object({
    model: ref('Model'),
    stage: ref('Stage'),
    present: list(ref('Occupancy'), 'Who is in the stage.'),
    target: nullable(ref('Occupancy'), 'Where a rollback goes; null when there is nothing to go back to.'),
    archives: list(integer, 'The versions that it would archive.'),
    former: list(
      object({ ...occupancy, live: described(boolean, 'Whether it was not deleted since.') }),
      'Who was in the stage before, newest first.',
    ),
    asOf: ref('AsOf'),
  }),
  VersionThen: object({
    version: ref('Version'),
    asOf: described(integer, 'The position as of which it is shown.'),
    inProduction: nullable(ref('Occupancy')),
  }),
  IncidentReport: object({
    scope: object({
      model: ref('Model'),
      names: list(object({ name: string, from: integer, to: nullable(integer) })),
      from: nullable(time),
      to: nullable(time),
      log: object({ after: integer, upTo: integer }),
    }),
    live: list(ref('Occupancy'), 'Who was in Staging and Production.'),
    timeline: list(ref('AuditEntry'), 'Oldest first.'),
    actors: list(object({ ...actor, entries: integer })),
    suspect: nullable(
      ref('VersionThen'),
      'The newest version that the window brought to Production for the first time, else what was there at its end.',
    ),
    lastGood: nullable(ref('VersionThen'), 'What was in Production before the suspect.'),
    difference: nullable(ref('Difference'), 'From the last good version to the suspect.'),
    exceptions: object({ refused: list(ref('AuditEntry')), editsAfterProduction: list(ref('AuditEntry')) }),
    toBeFilled: object({ impact: string, causes: string, actions: string }, 'For people to fill.'),
    asOf: ref('AsOf'),
  }),
  Written: object({
    dryRun: { const: false },
    modelId: uuid,
    revision: nullable(integer, 'Of the model, after the change: the ETag.'),
    repeated: described(
      boolean,
      'Whether this is the answer to an earlier request with the Idempotency-Key.',
    ),
    position: nullable(integer, 'Null when nothing changed, or when the history is behind.'),
    time: nullable(time),
    events: nullable(
      list(ref('AuditEntry')),
      'What was recorded, in order. Null when it was and the history is behind: ask for it later.',
    ),
    archived: nullable(list(integer)),
  }),
  Plan: object({
    dryRun: { const: true },
    events: list(object({ type: string, data: anyObject }), 'What would be appended, in order.'),
    archived: list(integer, 'The versions that would be archived.'),
    revision: nullable(integer, 'On which this was decided.'),
    etag: nullable(string, 'Sent as If-Match, it makes the write do this or be refused.'),
    refusal: nullable({
      ...object({ code: enumeration(...Object.keys(problems)), status: integer, detail: string }),
      properties: {
        code: enumeration(...Object.keys(problems)),
        status: integer,
        detail: string,
        since: list(ref('AuditEntry'), 'What has happened since the revision of If-Match.'),
      },
    }),
  }),
  WriteAnswer: { oneOf: [ref('Written'), ref('Plan')] },
  ...webhookSchemas,
  ...eventApiSchemas,
  ...consumerSchemas,
  Problem: problemSchema(),
  ProblemCatalogue: object({
    items: list(object({ type: string, code: string, status: integer, title: string })),
  }),
  ProblemType: object({ type: string, code: string, status: integer, title: string }),
};

function page(item: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return object({
    items: list(ref(item)),
    next: nullable(
      string,
      'Where the next page is; null after the last. A page may be short, and yet not the last.',
    ),
    asOf: ref('AsOf'),
    ...more,
  });
}

function problemSchema(): JsonSchema {
  const always = {
    type: described(string, 'Where this kind of problem is described.'),
    title: string,
    status: integer,
    detail: string,
    instance: described(string, 'What was asked for.'),
    code: enumeration(...Object.keys(problems)),
    requestId: string,
  };
  const bound = object({ position: integer, time });
  return {
    type: 'object',
    description: 'A problem document (RFC 9457).',
    properties: {
      ...always,
      errors: list(
        object({ parameter: string, in: enumeration('path', 'query', 'header', 'body'), detail: string }),
        'What is wrong, parameter by parameter.',
      ),
      parameter: described(string, 'Which time or position it is about.'),
      valid: nullable(
        object({ from: bound, to: bound }),
        'What can be asked about. Null while the log is empty.',
      ),
      asOf: described(ref('AsOf'), 'As of when it was not there.'),
      formats: list(string),
      etag: nullable(string, 'The present ETag of the model.'),
      since: list(
        ref('AuditEntry'),
        'What has happened since the revision of If-Match; at most 100 entries.',
      ),
    },
    required: Object.keys(always),
  };
}
