import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { noticeTypes } from '../../../src/domain/notices/notice-type.js';
import { asyncApiDocument } from '../../../src/http/native/events/asyncapi.js';
import { eventSchema } from '../../../src/http/native/events/event-schema.js';

const require = createRequire(import.meta.url);

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument('/api/v1', '0.1.0');

  it('is valid for the JSON Schema of AsyncAPI 3.0', () => {
    // It has the schema of JSON Schema in itself, which Ajv would have, too.
    const { schemas } = require('@asyncapi/specs') as { schemas: Record<string, object> };
    const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
    addFormats.default(ajv);
    const validate = ajv.compile(schemas['3.0.0'] ?? {});
    const isValid = validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('tells every type on every channel, as the schema that is served says', () => {
    for (const channel of Object.values(document.channels)) {
      expect(Object.keys(channel.messages)).toEqual(noticeTypes);
    }
    for (const type of noticeTypes) {
      expect(document.components.schemas[type]?.schema).toEqual(eventSchema(type));
      expect(document.components.messages[type]?.payload).toEqual({ $ref: `#/components/schemas/${type}` });
    }
  });
});
