import { problems } from '../problems/catalogue.js';
import type { JsonSchema } from '../requests/json-schema.js';
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

/** What the routes that change models and versions answer with. */
export const writeSchemas: Readonly<Record<string, JsonSchema>> = {
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
};
