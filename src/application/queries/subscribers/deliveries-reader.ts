import type { Redelivered } from '../../../domain/webhook/events.js';
import type { Position } from '../../ports/event-store.js';
import type { PageOf } from '../history/past-reader.js';
import type { Page } from '../search-criteria.js';
import type { AttemptView, DeliveryProgress, DeliveryView } from './subscriber-views.js';

/** What webhooks were told, with what answer, and what they are still to be told. Deleted webhooks are among them. */
export abstract class DeliveriesReader {
  /** Undefined when there was no such webhook. */
  abstract progress(webhookId: string): DeliveryProgress | undefined;

  /** Those of one webhook, the newest notice first. */
  abstract deliveries(
    webhookId: string,
    what: { readonly state?: DeliveryView['state']; readonly asOf?: Position },
    page: PageOf,
  ): Page<DeliveryView>;

  abstract delivery(webhookId: string, noticeId: string): DeliveryView | undefined;

  /** Every request of one webhook up to a position, the newest first; only those for one notice if it is given. */
  abstract attempts(
    webhookId: string,
    what: { readonly noticeId?: string; readonly asOf?: Position },
    page: PageOf,
  ): Page<AttemptView>;

  /** Every request for one of these notices, to whichever webhook, up to a position, oldest first. */
  abstract toldOf(noticeIds: readonly string[], asOf: Position): readonly AttemptView[];

  /** How many deliveries there are of those that are asked for once more. */
  abstract count(webhookId: string, which: Redelivered): number;

  /** Open deliveries of a webhook in log order; only those of one model if it is given. */
  abstract open(
    webhookId: string,
    what: { readonly modelId?: string; readonly limit: number },
  ): readonly DeliveryView[];

  /** The ids of models with open deliveries of a webhook, in their order, from behind one on; '' is before all. */
  abstract openModels(
    webhookId: string,
    page: { readonly after: string; readonly limit: number },
  ): readonly string[];
}
