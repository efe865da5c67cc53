import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { validateSync } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import { fieldsOf, readField } from './field.js';
import type { Field, Place } from './field.js';

/** A handler's parameter: the request of this class, read and checked. */
export const Asked = createParamDecorator((type: new () => object, context: ExecutionContext) =>
  readRequest(type, context.switchToHttp().getRequest<FastifyRequest>()),
);

interface Mistake {
  readonly parameter: string;
  readonly in: Place;
  readonly detail: string;
}

type Sent = Readonly<Record<string, unknown>>;

/**
 * Reads a request from its path, its query and, unless it is a GET, its JSON body.
 *
 * @throws Problem INVALID_PARAMETER_VALUE with everything that is wrong, parameters that do not exist among it.
 */
export function readRequest<Request extends object>(
  type: new () => Request,
  request: Pick<FastifyRequest, 'method' | 'params' | 'query' | 'body' | 'headers'>,
): Request {
  const fields = fieldsOf(type);
  const read = request.method === 'GET' || request.method === 'HEAD';
  const sent: Record<Place, Sent> = {
    path: request.params as Sent,
    query: request.query as Sent,
    body: read ? {} : bodyOf(request),
  };
  const message = new type() as Record<string, unknown>;
  for (const [name, field] of fields) {
    const value = Object.hasOwn(sent[field.place], name) ? sent[field.place][name] : undefined;
    if (value !== undefined && value !== null) message[name] = readField(field, value);
  }
  const mistakes = [
    ...unknownOnes('query', sent.query, fields),
    ...unknownOnes('body', sent.body, fields),
    ...validateSync(message, { stopAtFirstError: true, forbidUnknownValues: false }).map(
      ({ property, constraints }) => ({
        parameter: property,
        in: fields.get(property)?.place ?? 'query',
        detail: Object.values(constraints ?? {})[0] ?? `${property} is not valid.`,
      }),
    ),
  ];
  if (mistakes.length > 0) throw refused(mistakes);
  return message as Request;
}

function unknownOnes(place: Place, sent: Sent, fields: ReadonlyMap<string, Field>): readonly Mistake[] {
  const known = [...fields].filter(([, field]) => field.place === place).map(([name]) => name);
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  return Object.keys(sent)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      parameter: name,
      in: place,
      detail: `There is no parameter ${JSON.stringify(name.slice(0, 100))} in the ${place} of this request: ${there}.`,
    }));
}

function bodyOf({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): Sent {
  const type = headers['content-type'];
  if (body === undefined && type === undefined) return {};
  if (type !== undefined && type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new Problem(
      'UNSUPPORTED_MEDIA_TYPE',
      `The body has to be application/json, not ${type.slice(0, 100)}.`,
    );
  }
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Problem('INVALID_PARAMETER_VALUE', 'The body has to be a JSON object, in UTF-8.');
  }
  if (isNestedDeeperThan(maxDepth, parsed)) {
    throw new Problem('INVALID_PARAMETER_VALUE', `The body is nested more than ${maxDepth} deep.`);
  }
  return parsed as Sent;
}

/** Deeper than anything that is asked for, and so far from the depth at which a recursion has no stack left. */
const maxDepth = 100;

/** Looks no deeper than it is asked to. */
function isNestedDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isNestedDeeperThan(depth - 1, member));
}

function parseJson(text: unknown): unknown {
  if (text === '') return {};
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(mistakes: readonly Mistake[]): Problem {
  return new Problem('INVALID_PARAMETER_VALUE', mistakes.map(({ detail }) => detail).join(' '), {
    errors: mistakes,
  });
}
