import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CloudEvent } from 'cloudevents';
import { noticeTypes } from '../../../src/domain/notices/notice-type.js';
import { eventSchema } from '../../../src/http/native/events/event-schema.js';
import { closed } from './answer-schemas.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
for (const type of noticeTypes) ajv.addSchema(closed(eventSchema(type)) as object, type);

/** Whether it is as the schema of its type says, in which nothing more may be, and a CloudEvent for the public package. */
export function expectValid(event: unknown): void {
  const { type } = event as { readonly type: string };
  const validate = ajv.getSchema(type);
  if (validate === undefined) throw new Error(`There is no schema for ${type}`);
  const isValid = validate(event);
  expect({ type, isValid, errors: validate.errors ?? [] }).toEqual({ type, isValid: true, errors: [] });
  expect(new CloudEvent(event as object).validate()).toBe(true);
}
