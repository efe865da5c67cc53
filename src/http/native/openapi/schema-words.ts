import type { JsonSchema } from '../requests/json-schema.js';

/** Words for writing JSON Schemas. */

export const integer: JsonSchema = { type: 'integer' };
export const string: JsonSchema = { type: 'string' };
export const boolean: JsonSchema = { type: 'boolean' };
export const time: JsonSchema = { type: 'string', format: 'date-time' };
export const uuid: JsonSchema = { type: 'string', format: 'uuid' };
export const anyObject: JsonSchema = { type: 'object', additionalProperties: true };

export function enumeration(...words: readonly string[]): JsonSchema {
  return { type: 'string', enum: words };
}

/** An object that always has all of these. */
export function object(properties: Readonly<Record<string, JsonSchema>>, description?: string): JsonSchema {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties,
    required: Object.keys(properties),
  };
}

/** An object that may have these, too. */
export function optionally(schema: JsonSchema, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { ...schema, properties: { ...(schema['properties'] as object), ...properties } };
}

export function list(items: JsonSchema, description?: string): JsonSchema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) };
}

/** This, or null. */
export function nullable(schema: JsonSchema, description?: string): JsonSchema {
  const said = description === undefined ? {} : { description };
  if (typeof schema['type'] === 'string' && schema['enum'] === undefined) {
    return { ...schema, type: [schema['type'], 'null'], ...said };
  }
  return { anyOf: [schema, { type: 'null' }], ...said };
}

export function described(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}

/** A schema of the document's components, by its name. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
