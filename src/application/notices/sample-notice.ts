import { randomUUID } from 'node:crypto';
import type { NoticeFilter } from '../../domain/notices/notice-filter.js';
import { productionChanged, typePrefix } from '../../domain/notices/notice-type.js';
import type { NoticeType } from '../../domain/notices/notice-type.js';
import type { CommandContext } from '../deciding/command-context.js';
import type { Notice } from './notice.js';

const transitioned = `${typePrefix}version.stage_transitioned.v1` as const satisfies NoticeType;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * A notice of something that has not happened, for trying whether a webhook works: nobody can take it for a change of a
 * model that there is. It is a transition, or the change of Production to a webhook that wants that one of the two.
 *
 * @param at when, in milliseconds since the epoch
 */
export function sampleNotice(
  { types }: Pick<NoticeFilter, 'types'>,
  { actor, client, correlationId, requestId }: CommandContext,
  at: number,
): Notice {
  const isProduction = types !== null && types.includes(productionChanged) && !types.includes(transitioned);
  const id = randomUUID();
  const name = 'example_model';
  const [from, to] = ['Staging', 'Production'] as const;
  return {
    id,
    type: isProduction ? productionChanged : transitioned,
    position: 0,
    modelId: nobody,
    modelName: name,
    version: 1,
    moves: [{ from, to }],
    occupants: { Staging: [], Production: [1] },
    production: isProduction ? { entered: [1], left: [] } : null,
    entry: {
      position: 0,
      eventId: id,
      type: 'StageTransitioned',
      category: 'registry',
      outcome: 'done',
      text: `${actor.id} moved ${name} v1 from ${from} to ${to}`,
      model: { id: nobody, name },
      subscriber: null,
      version: 1,
      revision: 0,
      actor,
      client,
      happenedAt: at,
      recordedAt: at,
      before: { stage: from },
      after: { stage: to },
      comment: 'This is a test of a webhook. Nothing has happened.',
      from,
      to,
      inFavourOf: null,
      archived: [],
      refusal: null,
      correlationId,
      causationId: id,
      requestId,
    },
  };
}
