import { categories, outcomes } from '../../../application/queries/history/audit-entry.js';
import { entryTypes } from '../../../application/queries/history/entry-types.js';
import type { JsonSchema } from '../requests/json-schema.js';
import {
  anyObject,
  described,
  enumeration,
  integer,
  list,
  nullable,
  object,
  optionally,
  ref,
  string,
  time,
  uuid,
} from './schema-words.js';
import { actor } from './actor.schema.js';
import { page } from './page.schema.js';

/** What the routes of the audit trail answer with. */
export const auditSchemas: Readonly<Record<string, JsonSchema>> = {
  Actor: object(actor),
  AuditEntry: optionally(
    object({
      position: integer,
      eventId: string,
      type: enumeration(...entryTypes),
      category: enumeration(...categories),
      outcome: enumeration(...outcomes),
      text: described(string, 'Who did what to what, in plain words.'),
      model: described(
        object({ id: nullable(uuid), name: nullable(string) }),
        'Nulls when it is about a subscriber.',
      ),
      version: nullable(integer, 'Null when it is about the model itself.'),
      revision: integer,
      actor: ref('Actor'),
      client: object({ address: string, userAgent: nullable(string) }),
      happenedAt: time,
      recordedAt: time,
      before: nullable(anyObject, 'What changed, as it was before.'),
      after: nullable(anyObject, 'What changed, as it is now.'),
      comment: nullable(string),
      from: nullable(ref('Stage')),
      to: nullable(ref('Stage')),
      inFavourOf: nullable(integer),
      archived: list(integer, 'The versions that the same command archived in favour of this one.'),
      refusal: nullable(
        object({ command: string, code: string, message: string }),
        'Why a command was refused; null for everything else.',
      ),
      correlationId: described(string, 'All entries of one command have the same.'),
      causationId: string,
      requestId: string,
    }),
    { subscriber: ref('AuditSubscriber') },
  ),
  AuditSubscriber: object(
    {
      kind: enumeration('webhook', 'consumer'),
      id: described(string, 'Of a consumer, its name.'),
      name: described(string, 'The one that it had just then.'),
    },
    'The webhook or the consumer that an entry of the audit trail is about. Not there when it is about a model.',
  ),
  Deletion: object({
    entry: ref('AuditEntry'),
    before: described(integer, 'The last position at which it was there, for `asOf=position:…`.'),
    model: described(ref('Model'), 'As it was right before.'),
    version: nullable(ref('Version'), 'The version that was deleted, as it was right before.'),
    restoredAt: nullable(integer, 'Position of the event that restored it.'),
  }),
  EntryAnswer: object({ entry: ref('AuditEntry'), asOf: ref('AsOf') }),
  AuditPage: page('AuditEntry'),
  CountedAuditPage: page('AuditEntry', { count: described(integer, 'How many entries all pages have.') }),
  DeletionPage: page('Deletion'),
};
