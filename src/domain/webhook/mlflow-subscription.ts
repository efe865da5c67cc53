import type { NoticeFilter } from '../notices/notice-filter.js';
import type { NoticeType } from '../notices/notice-type.js';
import type { WebhookSettings } from './events.js';
import { mlflowEventOf, mlflowEvents, noticeTypeOfMlflow } from './mlflow-events.js';
import type { MlflowEvent } from './mlflow-events.js';

type Settings = Pick<WebhookSettings, 'format' | 'filter' | 'mlflowEvents'>;

/** All that a webhook of MLflow's format is told unless it names less. */
const everyEvent = mlflowEvents.filter((event) => noticeTypeOfMlflow(event) !== undefined);

/**
 * The events of MLflow that a webhook is told, in the order in which they were named, else in MLflow's. None unless its
 * format is MLflow's.
 */
export function mlflowEventsOf({ format, filter, mlflowEvents: named = everyEvent }: Settings) {
  if (format !== 'mlflow') return [];
  return named.filter((event) => isLetThrough(filter, event));
}

/** The filter of a webhook that is told these events of MLflow, and no others. */
export function filterOf(events: readonly MlflowEvent[]): NoticeFilter {
  const types = events.map(noticeTypeOfMlflow).filter((type) => type !== undefined);
  return { types: [...new Set(types)], model: null, from: null, to: null, tag: null };
}

/**
 * Whether a notice that the filter lets through can be told to a webhook: always, unless its format is MLflow's, in which
 * only what MLflow knows can be told, and only what the webhook names is.
 *
 * @param isPrompt see {@link mlflowEventOf}
 */
export function canBeTold(settings: Settings, type: NoticeType, isPrompt: () => boolean): boolean {
  if (settings.format !== 'mlflow') return true;
  const event = mlflowEventOf(type, isPrompt);
  return event !== undefined && mlflowEventsOf(settings).includes(event);
}

/** MLflow has no word for a move from stage to stage, which is all that a condition on stages lets through. */
function isLetThrough({ types, from, to }: NoticeFilter, event: MlflowEvent): boolean {
  const type = noticeTypeOfMlflow(event);
  if (type === undefined) return true;
  return (types === null || types.includes(type)) && from === null && to === null;
}
