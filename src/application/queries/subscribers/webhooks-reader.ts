import type { WebhookView } from './subscriber-views.js';

/** What a webhook was called, for whoever finds its id in the history. */
export interface WebhookName {
  readonly name: string;
  readonly url: string;
  readonly deleted: boolean;
}

/** The webhooks as this node knows them. */
export abstract class WebhooksReader {
  /** All, the newest first. There are hundreds at most. */
  abstract all(): readonly WebhookView[];

  /** Undefined when there is none, or none any more. */
  abstract webhook(id: string): WebhookView | undefined;

  /** Also of one that was deleted, as it was called at last; undefined when there never was one. */
  abstract nameOf(id: string): WebhookName | undefined;
}
