import type { JsonSchema } from '../requests/json-schema.js';
import { page } from './page.schema.js';
import {
  boolean,
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  ref,
  string,
  time,
  uuid,
} from './schema-words.js';

const tags = list(object({ key: string, value: string }), 'By key, in byte order.');
const revision = described(integer, 'Place in the stream of the model, from 0: the ETag is made of it.');

/** What the routes of models and versions answer with. */
export const modelSchemas: Readonly<Record<string, JsonSchema>> = {
  Model: object({
    id: described(uuid, 'It never changes.'),
    name: described(string, 'A deleted model has the one that it had at last.'),
    description: string,
    tags,
    aliases: list(object({ alias: string, version: integer })),
    revision,
    deleted: boolean,
    createdAt: time,
    updatedAt: time,
  }),
  Version: object({
    modelId: uuid,
    model: described(string, 'Name of the model.'),
    version: integer,
    stage: ref('Stage'),
    description: nullable(string),
    status: enumeration('PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY'),
    statusMessage: nullable(string),
    source: string,
    storageLocation: nullable(string, 'Where the artifacts are, if the source refers to another model.'),
    runId: string,
    runLink: string,
    loggedModelId: nullable(string),
    tags,
    aliases: list(string),
    revision,
    deleted: boolean,
    createdAt: time,
    updatedAt: time,
  }),
  ModelAnswer: object({ model: ref('Model'), asOf: ref('AsOf') }),
  VersionAnswer: object({ version: ref('Version'), asOf: ref('AsOf') }),
  ModelPage: page('Model'),
  VersionPage: page('Version'),
};
