import { productionCauses } from '../../../application/notices/notice-data.js';
import { typePrefix } from '../../../domain/notices/notice-type.js';
import type { NoticeType } from '../../../domain/notices/notice-type.js';
import { stages } from '../../../domain/registered-model/stage.js';
import {
  anyObject,
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  string,
} from '../openapi/schema-words.js';
import type { JsonSchema } from '../requests/json-schema.js';

/** What events of a type tell, and what their data has besides what all have. */
export interface Told {
  readonly description: string;
  readonly data: Readonly<Record<string, JsonSchema>>;
}

type Short = NoticeType extends `${typeof typePrefix}${infer Name}.v1` ? Name : never;

const none: JsonSchema = { type: 'null' };
const stage = enumeration(...stages);
const comment = nullable(string, 'Why, in the words of the one who did it.');
const name = object({ name: string });
const description = object({ description: nullable(string) });
const status = object({ status: string, message: nullable(string) });
const tag = object({ key: string, value: string });
const alias = object({ alias: string, version: integer });

const tags = (after: JsonSchema): Told['data'] => ({
  key: string,
  before: nullable(tag, 'Null when there was no such tag.'),
  after,
});

const aliases = (after: JsonSchema): Told['data'] => ({
  alias: string,
  before: nullable(alias, 'Null when there was no such alias.'),
  after,
});

const byType: Readonly<Record<Short, Told>> = {
  'model.registered': {
    description: 'A model was registered.',
    data: { before: none, after: object({ name: string, description: string, tags: list(tag) }) },
  },
  'model.renamed': { description: 'A model got another name.', data: { before: name, after: name } },
  'model.described': {
    description: 'The description of a model changed.',
    data: { before: description, after: description },
  },
  'model.deleted': {
    description: 'A model was deleted, with its versions.',
    data: { before: name, after: none },
  },
  'model.restored': {
    description: 'A deleted model came back, with its versions in their stages.',
    data: { before: none, after: name },
  },
  'model.tag_set': { description: 'A tag of a model got a value.', data: tags(tag) },
  'model.tag_deleted': { description: 'A tag of a model was removed.', data: tags(none) },
  'model.alias_set': {
    description: 'An alias of a model was given to a version, or moved to it.',
    data: aliases(alias),
  },
  'model.alias_deleted': { description: 'An alias of a model was removed.', data: aliases(none) },
  'version.created': {
    description: 'A version was created.',
    data: {
      before: none,
      after: described(
        anyObject,
        'Its source, storageLocation, runId, runLink, loggedModelId, description and tags.',
      ),
    },
  },
  'version.described': {
    description: 'The description of a version changed.',
    data: { before: description, after: description },
  },
  'version.status_changed': {
    description: 'The status of a version changed.',
    data: { before: status, after: status },
  },
  'version.deleted': {
    description: 'A version was deleted.',
    data: { from: nullable(stage, 'The stage that it was in.'), to: none },
  },
  'version.restored': {
    description: 'A deleted version came back.',
    data: { from: none, to: described(stage, 'The stage that it came back to, never an active one.') },
  },
  'version.stage_transitioned': {
    description: 'A version was moved to a stage.',
    data: {
      from: stage,
      to: stage,
      archived: list(integer, 'The versions that the same command archived in its favour, by number.'),
      inFavourOf: nullable(
        integer,
        'The version whose move archived this one; null when it was moved itself.',
      ),
      comment,
    },
  },
  'version.tag_set': { description: 'A tag of a version got a value.', data: tags(tag) },
  'version.tag_deleted': { description: 'A tag of a version was removed.', data: tags(none) },
  'production.changed': {
    description: 'Who is in Production changed. Told once for a command, beside the notices of its events.',
    data: {
      cause: enumeration(...productionCauses),
      entered: list(integer, 'The versions that came to Production, by number.'),
      left: list(integer, 'The versions that left it, by number.'),
      comment,
    },
  },
};

export function told(type: NoticeType): Told {
  return byType[type.slice(typePrefix.length, -'.v1'.length) as Short];
}
