import { ValidateBy } from 'class-validator';
import { RegistryError } from '../../../domain/registry-error.js';
import type { Kind } from './kind.js';

/**
 * Decorators for the fields of the native API's request classes. A field is declared once: the declaration reads and
 * checks it (with class-validator) and describes it in the OpenAPI document.
 */

export type Place = 'path' | 'query' | 'body';

/** One parameter of a request, or one member of its body. */
export interface Field {
  readonly place: Place;
  readonly kind: Kind<unknown>;
  readonly description: string;
  readonly required: boolean;
}

const declared = new WeakMap<object, Map<string, Field>>();

/** The fields of a request class and of those that it extends. */
export function fieldsOf(type: new () => object): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (let own = type.prototype as object; own; own = Object.getPrototypeOf(own) as object) {
    for (const [name, field] of declared.get(own) ?? []) if (!fields.has(name)) fields.set(name, field);
  }
  return fields;
}

/** A part of the path. */
export const InPath = (kind: Kind<unknown>, description: string) =>
  field({ place: 'path', kind, description, required: true });

/** A parameter of the query that may be left out. */
export const InQuery = (kind: Kind<unknown>, description: string) =>
  field({ place: 'query', kind, description, required: false });

export const RequiredInQuery = (kind: Kind<unknown>, description: string) =>
  field({ place: 'query', kind, description, required: true });

/** A member of the body that may be left out. */
export const InBody = (kind: Kind<unknown>, description: string) =>
  field({ place: 'body', kind, description, required: false });

export const RequiredInBody = (kind: Kind<unknown>, description: string) =>
  field({ place: 'body', kind, description, required: true });

/** What was sent and could not be read, and why if the domain knows. */
export class Unreadable {
  constructor(
    readonly sent: unknown,
    readonly reason?: string,
  ) {}
}

/** The value that was meant, or why there is none. */
export function readField({ kind, place }: Field, sent: unknown): unknown {
  if (Array.isArray(sent) && !kind.isList) {
    return new Unreadable(sent, place === 'body' ? 'it is a list.' : 'it is given more than once.');
  }
  try {
    return kind.read(sent) ?? new Unreadable(sent);
  } catch (error) {
    if (error instanceof RegistryError) return new Unreadable(sent, error.message);
    throw error;
  }
}

function field(declaration: Field): PropertyDecorator {
  const { kind, required } = declaration;
  const validate = ValidateBy({
    name: 'readable',
    validator: {
      validate: (value) => (value === undefined ? !required : !(value instanceof Unreadable)),
      defaultMessage: (args) => refusal(args?.property ?? '', args?.value, kind),
    },
  });
  return (prototype, property) => {
    const fields = declared.get(prototype) ?? new Map<string, Field>();
    declared.set(prototype, fields);
    fields.set(String(property), declaration);
    validate(prototype, property);
  };
}

const quotedLength = 100;

function refusal(name: string, value: unknown, { valid, isSecret }: Kind<unknown>): string {
  if (!(value instanceof Unreadable)) return `${name} is missing: it has to be ${valid}.`;
  if (isSecret) return `${name} has to be ${valid}${value.reason ? `: ${value.reason}` : '.'}`;
  const sent = JSON.stringify(value.sent) ?? '';
  const quoted = sent.length > quotedLength ? `${sent.slice(0, quotedLength)}…` : sent;
  return `${name} has to be ${valid}, not ${quoted}${value.reason ? `: ${value.reason}` : '.'}`;
}
