import { noticeTypes } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import { mediaTypes } from '../formats/negotiation.js';
import { described, string } from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { told } from './event-data.schema.js';
import { eventSchema } from './event-schema.js';

/** How AsyncAPI describes the requests that webhooks get: for each type of event, one for each mode of CloudEvents. */

/** The headers of every request, whatever its format. */
export const deliveryHeaders: JsonSchema = {
  type: 'object',
  properties: {
    'webhook-id': described(
      string,
      'The same each time that an event is told to a webhook, retries and redeliveries included.',
    ),
    'webhook-timestamp': {
      type: 'string',
      pattern: '^[0-9]+$',
      description: 'When this attempt was made, in seconds since 1970.',
    },
    'webhook-signature': described(
      string,
      'As Standard Webhooks 1.0 has it: `v1,` and a signature for each secret that is live, with a space between them. Not ' +
        'there if the webhook has no secret.',
    ),
    'annals-attempt': {
      type: 'string',
      pattern: '^[1-9][0-9]*$',
      description: 'Which attempt this is; from 1 again when somebody asked for it to be told once more.',
    },
    'annals-redelivery': {
      const: 'true',
      description: 'Somebody asked for it to be told once more. Not there otherwise.',
    },
  },
  required: ['webhook-id', 'webhook-timestamp', 'annals-attempt'],
};

const headersRef = { $ref: '#/components/schemas/DeliveryHeaders' };

const inStructuredMode = (type: NoticeType) => `${type}.structured`;
const inBinaryMode = (type: NoticeType) => `${type}.binary`;

/** Their names, in the order of the types. */
export const deliveryMessageNames: readonly string[] = noticeTypes.flatMap((type) => [
  inStructuredMode(type),
  inBinaryMode(type),
]);

/** The messages by name. Schemas are those of the document's components. */
export function deliveryMessages() {
  return Object.fromEntries(
    noticeTypes.flatMap((type) => [
      [inStructuredMode(type), structuredMessage(type)],
      [inBinaryMode(type), binaryMessage(type)],
    ]),
  );
}

function structuredMessage(type: NoticeType) {
  return {
    name: type,
    title: told(type).description,
    contentType: mediaTypes.cloudEvent,
    headers: headersRef,
    payload: { $ref: `#/components/schemas/${type}` },
  };
}

/** The attributes are headers, and the body is the data. */
function binaryMessage(type: NoticeType) {
  const {
    data: _body,
    datacontenttype: _type,
    ...attributes
  } = eventSchema(type)['properties'] as Attributes;
  return {
    name: type,
    title: told(type).description,
    contentType: mediaTypes.json,
    headers: {
      allOf: [
        headersRef,
        {
          type: 'object',
          properties: Object.fromEntries(
            Object.entries(attributes).map(([name, schema]) => [`ce-${name}`, schema]),
          ),
        },
      ],
    },
    payload: { $ref: `#/components/schemas/${type}/schema/properties/data` },
  };
}

type Attributes = Readonly<Record<string, JsonSchema>>;
