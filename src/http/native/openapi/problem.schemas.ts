import { problems } from '../problems/catalogue.js';
import type { JsonSchema } from '../requests/json-schema.js';
import {
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  ref,
  string,
  time,
} from './schema-words.js';

/** What is answered instead, and what the routes about problems answer with. */
export const problemSchemas: Readonly<Record<string, JsonSchema>> = {
  Problem: problemSchema(),
  ProblemCatalogue: object({
    items: list(object({ type: string, code: string, status: integer, title: string })),
  }),
  ProblemType: object({ type: string, code: string, status: integer, title: string }),
};

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
