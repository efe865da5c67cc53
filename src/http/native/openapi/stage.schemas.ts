import { stages } from '../../../domain/registered-model/stage.js';
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

const occupancy = {
  modelId: uuid,
  model: string,
  version: integer,
  stage: ref('Stage'),
  opened: ref('Cause'),
  closed: nullable(ref('Cause'), 'Null when it still held the stage.'),
  milliseconds: described(integer, 'How long it had held the stage.'),
};

/** What the routes of stages answer with. */
export const stageSchemas: Readonly<Record<string, JsonSchema>> = {
  Stage: enumeration(...stages),
  Cause: object(
    {
      position: integer,
      eventId: string,
      type: string,
      actor: ref('Actor'),
      comment: nullable(string),
      inFavourOf: nullable(integer, 'The version whose transition archived this one.'),
      correlationId: string,
      happenedAt: time,
      recordedAt: time,
    },
    'The event that began or ended something: when, by whom and why.',
  ),
  Occupancy: object(occupancy, 'An interval in which a version held a stage.'),
  Transition: object({
    modelId: uuid,
    version: integer,
    from: ref('Stage'),
    to: ref('Stage'),
    cause: ref('Cause'),
  }),
  OccupancyPage: page('Occupancy'),
  WindowOccupancyPage: page('Occupancy', {
    until: described(ref('AsOf'), 'The end of the window: what ended later has not ended.'),
  }),
  TransitionPage: page('Transition'),
  RollbackPlan: object({
    model: ref('Model'),
    stage: ref('Stage'),
    present: list(ref('Occupancy'), 'Who is in the stage.'),
    target: nullable(ref('Occupancy'), 'Where a rollback goes; null when there is nothing to go back to.'),
    archives: list(integer, 'The versions that it would archive.'),
    former: list(
      object({ ...occupancy, live: described(boolean, 'Whether it was not deleted since.') }),
      'Who was in the stage before, newest first.',
    ),
    asOf: ref('AsOf'),
  }),
};
