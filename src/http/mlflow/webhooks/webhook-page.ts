import type { WebhookView } from '../../../application/queries/subscribers/subscriber-views.js';
import type { Page } from '../../../application/queries/search-criteria.js';
import { invalidParameter } from '../../../domain/registry-error.js';
import { decodePageToken } from '../search/page-token.js';

const maxPageSize = 1_000;
const defaultPageSize = 100;

/** What page tokens are bound to: there is one order, and nothing to look for. */
export const allWebhooks = { target: 'webhooks', conditions: [], prompts: 'shown', order: [] } as const;

/** What clients ask for. An empty token means the first page, and 0 results as many as if nothing was said. */
export interface WebhookPageRequest {
  readonly max_results: number;
  readonly page_token: string;
}

/**
 * One page. It ends at a webhook and not at a number, so that what is created or deleted meanwhile hides no others.
 *
 * @param all the newest first
 * @throws RegistryError INVALID_PARAMETER_VALUE, in MLflow's words
 */
export function webhookPage(all: readonly WebhookView[], request: WebhookPageRequest): Page<WebhookView> {
  const limit = request.max_results || defaultPageSize;
  if (limit < 1 || limit > maxPageSize) throw invalidParameter('max_results must be between 1 and 1000.');
  const rest = request.page_token === '' ? all : behind(all, request.page_token);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last ? { items, end: [last.id, last.createdAt] } : { items };
}

/** Those behind the last one of the page before, or, when that was deleted, all that are not newer. */
function behind(all: readonly WebhookView[], token: string): readonly WebhookView[] {
  const [id, createdAt] = decodePageToken(allWebhooks, token);
  const place = all.findIndex((view) => view.id === id);
  if (place >= 0) return all.slice(place + 1);
  return all.filter((view) => view.createdAt <= Number(createdAt));
}
