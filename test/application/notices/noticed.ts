import type { Notice } from '../../../src/application/notices/notice.js';
import { noticeTypeOf } from '../../../src/domain/notices/notice-type.js';
import type { RegisteredModelEventType } from '../../../src/domain/registered-model/events.js';
import { historyAfter } from '../../projections/history/history-spec.js';
import type { History } from '../../projections/history/history-spec.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import type { Fact } from '../../support/recorded-events.js';

export const ordinary = '00000000-0000-4000-8000-00000000000a';
export const prompt = '00000000-0000-4000-8000-00000000000b';

/** What was recorded of a model, as notices, and the history that they were read from. */
export interface Noticed {
  readonly notices: readonly Notice[];
  readonly past: History['past'];
}

/** Records facts, all at one time, and makes a notice of each that is told. */
export function noticed(facts: readonly (readonly [model: string, fact: Fact])[], at: number): Noticed {
  const recorded = new RecordedHistory();
  for (const [model, fact] of facts) recorded.record(model, fact, { at });
  const history = historyAfter(recorded.events);
  const { items } = history.audit.page({}, { limit: 1_000, order: 'oldestFirst' });
  const notices = items.flatMap((entry): Notice[] => {
    const { position, eventId, model, version } = entry;
    const type = noticeTypeOf(entry.type as RegisteredModelEventType, version);
    if (type === undefined) return [];
    const of = { id: eventId, type, position, modelId: model.id ?? '', modelName: model.name ?? '', version };
    const occupants = { Staging: [], Production: [], Archived: [] };
    return [{ ...of, moves: [], entry, occupants, production: null }];
  });
  return { notices, past: history.past };
}
