import type { WebhookView } from './subscriber-views.js';

/** The webhooks as this node knows them. */
export abstract class WebhooksReader {
  /** All, the newest first. There are hundreds at most. */
  abstract all(): readonly WebhookView[];

  /** Undefined when there is none, or none any more. */
  abstract webhook(id: string): WebhookView | undefined;
}
