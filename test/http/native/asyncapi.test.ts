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
  const schemas: Record<string, { schema?: unknown }> = document.components.schemas;
  const messages: Record<string, { payload?: unknown; headers?: unknown }> = document.components.messages;

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
    const { feed, stream, webhook } = document.channels;
    expect(Object.keys(feed.messages)).toEqual(noticeTypes);
    expect(Object.keys(stream.messages)).toEqual(noticeTypes);
    expect(Object.keys(webhook.messages)).toEqual(
      noticeTypes.flatMap((type) => [`${type}.structured`, `${type}.binary`]),
    );
    for (const type of noticeTypes) {
      expect(schemas[type]?.schema).toEqual(eventSchema(type));
      expect(messages[type]?.payload).toEqual({ $ref: `#/components/schemas/${type}` });
    }
  });

  it('says which headers a webhook gets, with those of CloudEvents in binary mode', () => {
    const headers = { $ref: '#/components/schemas/DeliveryHeaders' };
    const [type] = noticeTypes;
    expect(messages[`${type}.structured`]?.headers).toEqual(headers);
    const binary = messages[`${type}.binary`]?.headers as { allOf: [object, { properties: object }] };
    expect(binary.allOf[0]).toEqual(headers);
    const {
      data: _data,
      datacontenttype: _type,
      ...attributes
    } = eventSchema(type!)['properties'] as object & {
      data: object;
      datacontenttype: object;
    };
    expect(Object.keys(binary.allOf[1].properties)).toEqual(
      Object.keys(attributes).map((name) => `ce-${name}`),
    );
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer
        .split('/')
        .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
      expect([pointer, typeof found]).toEqual([pointer, 'object']);
    }
  });
});
