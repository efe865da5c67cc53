import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { validateSync } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../domain/registry-error.js';
import type { RegistryError } from '../../domain/registry-error.js';
import { fieldsOf } from './fields.js';
import type { FieldReader } from './fields.js';

/** A handler's parameter: MLflow's request message of this class, read and checked. */
export const MlflowRequest = createParamDecorator((type: new () => object, context: ExecutionContext) =>
  readRequest(type, context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * Reads a request message as MLflow's server does (registry contract, "how requests are read"): a GET from its query
 * if it has one, everything else from its body. Unknown fields are ignored, `null` counts as absent, and fields may be
 * in lowerCamelCase.
 *
 * @throws RegistryError INVALID_PARAMETER_VALUE
 */
export function readRequest<Message extends object>(
  type: new () => Message,
  request: Pick<FastifyRequest, 'method' | 'query' | 'body' | 'headers'>,
): Message {
  const message = new type() as Record<string, unknown>;
  const sent = sentFields(request);
  let isValid = true;
  for (const [name, field] of fieldsOf(type)) {
    const value = sent(name, field);
    if (value !== undefined && value !== null) message[name] = field.read(value);
    isValid &&= field.accepts(message[name]);
  }
  // To ask class-validator costs as much as the rest of the reading: only for the words, if something is wrong.
  if (!isValid) throw refusalOf(message);
  return message as Message;
}

function refusalOf(message: object): RegistryError {
  const [error] = validateSync(message, { stopAtFirstError: true });
  return invalidParameter(Object.values(error?.constraints ?? {})[0] ?? 'The request is not valid.');
}

type SentField = (name: string, field: FieldReader) => unknown;

function sentFields(request: Pick<FastifyRequest, 'method' | 'query' | 'body' | 'headers'>): SentField {
  const query = request.query as Record<string, string | string[]>;
  if ((request.method === 'GET' || request.method === 'HEAD') && Object.keys(query).length > 0) {
    return (name, { isList }) => {
      const value = query[name];
      if (value === undefined) return undefined;
      return isList ? [value].flat() : [value].flat()[0];
    };
  }
  if (request.method === 'POST') refuseOtherContentTypes(request.headers['content-type']);
  const body = parseBody(request.body);
  return (name, { inCamelCase }) => {
    if (inCamelCase !== name && name in body && inCamelCase in body) {
      throw invalidParameter(
        `Request specifies both '${name}' and '${inCamelCase}'; provide only one of them.`,
      );
    }
    return body[name] ?? body[inCamelCase];
  };
}

function refuseOtherContentTypes(contentType: string | undefined): void {
  if (contentType === undefined) {
    throw invalidParameter('Bad Request. Content-Type header is missing.');
  }
  if (contentType.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
  }
}

/** MLflow takes a body that is no JSON for an empty message, and decodes a text that holds JSON once more. */
function parseBody(body: unknown): Record<string, unknown> {
  const parsed = parseJson(body);
  const message = typeof parsed === 'string' ? parseJson(parsed) : parsed;
  if (message === undefined || message === null) return {};
  if (typeof message !== 'object' || Array.isArray(message)) {
    throw invalidParameter('The request body has to be a JSON object.');
  }
  return message as Record<string, unknown>;
}

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
