import { positionHeader } from '../answers.js';
import { problems } from '../problems/catalogue.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { fieldsOf } from '../requests/field.js';
import type { Field } from '../requests/field.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { AsOfRequest, PagedRequest } from '../requests/common.requests.js';
import type { Operation } from './operation.js';
import { operations } from './operations.js';
import { described, integer, ref, string } from './schema-words.js';
import { schemas } from './schemas.js';

const everywhere: readonly ProblemCode[] = [
  'INVALID_PARAMETER_VALUE',
  'INTERNAL_ERROR',
  'TEMPORARILY_UNAVAILABLE',
];

const tags = {
  Models: 'Models and versions, as they are and as they were.',
  Stages: 'Who is and was in which stage.',
  Audit: 'Who did what, when and why.',
  Events: 'What subscribers are told, for those who fetch it or keep a connection open.',
  Consumers: 'Places in the events that are kept here, by name.',
  Writes: 'Changes that say what they would do before they do it.',
  Webhooks: 'Endpoints that are told what happens, and what they were told.',
  About: 'This interface.',
};

/**
 * The OpenAPI 3.1 document of the native API.
 *
 * @param base the path before every route, as the client knows it
 * @param version of the service
 */
export function openApiDocument(base: string, version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Annals',
      version,
      summary: 'The history of a model registry.',
      description:
        'Audit, time travel and writes that are safe to make. MLflow clients have their own API beside this one. ' +
        'Every answer says as of which position of the log it is.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base }],
    security: [{}, { basic: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths(),
    components: {
      schemas,
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'The user name is put on record as the actor.' },
      },
    },
  };
}

function paths(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return paths;
}

function operationObject(operation: Operation) {
  const { id, tag, summary, request, method, hasNoEtag = false } = operation;
  const fields = [...fieldsOf(request)];
  const body = fields.filter(([, { place }]) => place === 'body');
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: [
      ...fields.flatMap(([name, field]) => parameterObject(name, field, request)),
      ...Object.entries(operation.requestHeaders ?? {}).map(([name, header]) => ({
        name,
        in: 'header',
        ...header,
      })),
      ...(operation.hasEtag ? [ifNoneMatch] : []),
      ...(method === 'get' ? [] : hasNoEtag ? writeHeaders : [ifMatch, ...writeHeaders]),
    ],
    ...(body.length === 0 ? {} : { requestBody: bodyObject(body, request) }),
    responses: { ...successes(operation), ...failures(operation) },
  };
}

function parameterObject(name: string, field: Field, request: new () => object) {
  const { place, kind, description, required } = field;
  if (place === 'body') return [];
  return [
    {
      name,
      in: place,
      description,
      required,
      ...(kind.isList ? { style: 'form', explode: false } : {}),
      schema: withDefault(kind.schema, name, request),
    },
  ];
}

function bodyObject(fields: readonly (readonly [string, Field])[], request: new () => object) {
  const required = fields.filter(([, field]) => field.required).map(([name]) => name);
  return {
    required: required.length > 0,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: Object.fromEntries(
            fields.map(([name, { kind, description }]) => [
              name,
              { ...withDefault(kind.schema, name, request), description },
            ]),
          ),
          ...(required.length > 0 ? { required } : {}),
          additionalProperties: false,
        },
      },
    },
  };
}

function withDefault(schema: JsonSchema, name: string, request: new () => object): JsonSchema {
  const value = (new request() as Record<string, unknown>)[name];
  return value === undefined ? schema : { ...schema, default: value };
}

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description:
    'An ETag from before: if it is still that of the model, the answer is a 304. Without `asOf` only.',
  schema: string,
};

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description:
    'The ETag of what this is meant for, a model or a webhook: if that has changed since, the answer is a 412.',
  schema: string,
};

const writeHeaders = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'The same key with the same request gets the first answer.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  {
    name: 'X-Correlation-Id',
    in: 'header',
    description: 'Ties together what belongs together over several requests.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_.:/+=@-]{1,128}$' },
  },
];

function successes({ answers, hasEtag, request, tag, headers: own, success }: Operation) {
  if (success === 204) return { 204: { description: 'It is done.' } };
  const content = Object.fromEntries(
    Object.entries(answers).map(([type, schema]) => [
      type,
      { schema: schema === null ? textOrAny(type) : ref(schema) },
    ]),
  );
  const isRead = request.prototype instanceof AsOfRequest;
  const headers = {
    ...(isRead || tag === 'Writes' ? { [positionHeader]: positionOf } : {}),
    ...(hasEtag || tag === 'Writes' ? { ETag: etag } : {}),
    ...(request.prototype instanceof PagedRequest ? { Link: link } : {}),
    ...(answers['application/json'] === 'CountedAuditPage' ? { 'X-Count': count } : {}),
    ...own,
  };
  const with200 = {
    description: 'The answer.',
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content,
  };
  return {
    200: with200,
    ...(success === 201 ? { 201: { ...with200, description: 'It was made.' } } : {}),
    ...(hasEtag ? { 304: { description: 'The client has it already.', headers: { ETag: etag } } } : {}),
  };
}

function textOrAny(type: string): JsonSchema {
  return type === 'application/json' ? { type: 'object' } : { type: 'string' };
}

const etag = {
  description: 'Of the model with its versions: its id and the revision of its stream, in quotation marks.',
  schema: string,
};
const link = { description: 'The next page of a list, as `rel="next"`.', schema: string };
const count = { description: 'How many entries there are, with NDJSON and CSV.', schema: integer };
const positionOf = { description: 'The position of the log as of which the answer is.', schema: integer };

/** Problems by their status: several may share one. */
function failures({ problems: own = [] }: Operation) {
  const codes = [...new Set([...own, ...everywhere])];
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const titles = codes
        .filter((code) => problems[code].status === status)
        .map((code) => `${problems[code].title} (${code}).`);
      return [
        String(status),
        {
          description: titles.join(' '),
          ...(status === 503 ? { headers: { 'Retry-After': described503 } } : {}),
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      ];
    }),
  );
}

const described503 = {
  description: 'Seconds after which to try again.',
  schema: described(integer, 'Seconds.'),
};
