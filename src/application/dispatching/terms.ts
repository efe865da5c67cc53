import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import type { DispatchingParts } from './dispatching-parts.js';

/**
 * What a courier has to be begun anew for: the webhook was put to another place, or wants other notices. Two texts are the
 * same if it need not be.
 */
export function termsOf(
  { deliveries }: Pick<DispatchingParts, 'deliveries'>,
  { id, filter, format, mlflowEvents }: WebhookView,
): string {
  return JSON.stringify([deliveries.progress(id)?.begun, filter, format, mlflowEvents]);
}
