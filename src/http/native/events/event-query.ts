import type { NoticeQuery } from '../../../application/notices/notice-feed.js';
import type { EventFilterRequest } from './event.requests.js';

/** What the conditions of a request come to. */
export function eventQuery({ types, model, subject, stage, from, to, tag }: EventFilterRequest): NoticeQuery {
  return {
    filter: {
      types: types ?? null,
      model: model ?? null,
      from: from ?? null,
      to: to ?? null,
      tag: tag ?? null,
    },
    scope: {
      ...(subject === undefined
        ? {}
        : 'id' in subject.model
          ? { modelId: subject.model.id }
          : { everNamed: subject.model.name }),
      ...(subject?.version === undefined ? {} : { version: subject.version }),
      ...(stage === undefined ? {} : { stage }),
    },
  };
}
