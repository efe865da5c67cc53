import type { JsonSchema } from '../requests/json-schema.js';
import { actor } from './actor.schema.js';
import { boolean, described, integer, list, nullable, object, ref, string, time } from './schema-words.js';

/** What comparisons and incident reports answer with. */
export const reportSchemas: Readonly<Record<string, JsonSchema>> = {
  FieldDifference: object({
    field: string,
    left: described({}, 'Null where it is not there.'),
    right: {},
    changed: boolean,
  }),
  Difference: object({
    changed: boolean,
    fields: list(ref('FieldDifference')),
    tags: list(ref('FieldDifference')),
    aliases: list(ref('FieldDifference')),
  }),
  DiffAnswer: object({
    left: ref('VersionAnswer'),
    right: ref('VersionAnswer'),
    difference: ref('Difference'),
    asOf: ref('AsOf'),
  }),
  VersionThen: object({
    version: ref('Version'),
    asOf: described(integer, 'The position as of which it is shown.'),
    inProduction: nullable(ref('Occupancy')),
  }),
  IncidentReport: object({
    scope: object({
      model: ref('Model'),
      names: list(object({ name: string, from: integer, to: nullable(integer) })),
      from: nullable(time),
      to: nullable(time),
      log: object({ after: integer, upTo: integer }),
    }),
    live: list(ref('Occupancy'), 'Who was in Staging and Production.'),
    timeline: list(ref('AuditEntry'), 'Oldest first.'),
    actors: list(object({ ...actor, entries: integer })),
    suspect: nullable(
      ref('VersionThen'),
      'The newest version that the window brought to Production for the first time, else what was there at its end.',
    ),
    lastGood: nullable(ref('VersionThen'), 'What was in Production before the suspect.'),
    difference: nullable(ref('Difference'), 'From the last good version to the suspect.'),
    exceptions: object({ refused: list(ref('AuditEntry')), editsAfterProduction: list(ref('AuditEntry')) }),
    toBeFilled: object({ impact: string, causes: string, actions: string }, 'For people to fill.'),
    asOf: ref('AsOf'),
  }),
};
