import { schemaName } from '../../../application/notices/cloud-event.js';
import { productionChanged } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import { actor } from '../openapi/actor.schema.js';
import { described, integer, list, object, string, time, uuid } from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';
import { told } from './event-data.schema.js';

/** The attributes of every event but its type and its data. */
export const envelope: Readonly<Record<string, JsonSchema>> = {
  specversion: { const: '1.0' },
  id: described(
    { type: 'string', minLength: 1 },
    'The same however often it is told. Of a change of Production: the id of its event and `.production`.',
  ),
  source: described({ type: 'string', format: 'uri-reference', minLength: 1 }, 'Which registry it is of.'),
  subject: described(
    string,
    '`models/{name}` or `models/{name}/versions/{version}`, the name percent-encoded; `id:` and the id of the model in ' +
      'place of a name of more than 256 characters.',
  ),
  time: described(time, 'When it happened.'),
  recordedtime: described(time, 'When it was first recorded.'),
  sequence: described(
    { type: 'string', pattern: '^[0-9]{16}(\\.1)?$' },
    'Sorts as the log does. The position in 16 digits; of a change of Production, with `.1` behind it.',
  ),
  partitionkey: described(uuid, 'The id of the model: what has the same is told in order.'),
  correlationid: described(string, 'What belongs together has the same.'),
  causationid: described(string, 'The command. All of its events have the same.'),
  authtype: actor.type,
  authid: described(string, 'Who did it; left out when nobody said.'),
  datacontenttype: { const: 'application/json' },
  dataschema: { type: 'string', format: 'uri' },
};

export const optionalAttributes: readonly string[] = ['authid'];

const common: Readonly<Record<string, JsonSchema>> = {
  position: described(integer, 'In the log: what `after` and `asOf=position:…` take.'),
  modelId: uuid,
  model: described(string, 'As the model is called after the event.'),
  version: { type: ['integer', 'null'], description: 'Null when it is about the model itself.' },
  actor: object(actor),
  occupants: object(
    { Staging: list(integer), Production: list(integer) },
    'The versions in the active stages right after the event, by number: a notice that comes late can be told by them.',
  ),
};

const truncated = list(
  { type: 'string', format: 'json-pointer' },
  'What was cut so that the event is no larger than 64 KiB, as JSON Pointers into `data`; left out when nothing was. The ' +
    'audit trail has it whole.',
);

/**
 * The JSON Schema (2020-12) of the events of one type. Properties may be added; none is removed or changes its meaning
 * while the type is the same.
 */
export function eventSchema(type: NoticeType): JsonSchema {
  const { description, data } = told(type);
  const members = { ...common, ...data };
  const attributes = {
    ...envelope,
    type: { const: type },
    ...(type === productionChanged
      ? {}
      : {
          id: described({ type: 'string', minLength: 1 }, 'The id of the event, however often it is told.'),
        }),
    data: {
      ...object(members, description),
      properties: { ...members, truncated },
    },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${schemaName}${type}`,
    title: type,
    description,
    type: 'object',
    properties: attributes,
    required: Object.keys(attributes).filter((name) => !optionalAttributes.includes(name)),
  };
}
