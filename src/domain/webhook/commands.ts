import type { Redelivered, SealedText, WebhookSettings } from './events.js';

interface Requests {
  /** It is to be told what is recorded after the position `after`. Without a secret its requests are not signed. */
  CreateWebhook: {
    settings: WebhookSettings;
    after: number;
    secret: SealedText | null;
    status: 'active' | 'paused';
  };
  /**
   * Only what is named changes. With `status`, it is paused or resumed at the same time, if it is not so already; resumed
   * after the position `after` if there is one. With `secret`, requests are signed with that one alone from now on.
   */
  UpdateWebhook: {
    changes: Partial<WebhookSettings>;
    status: 'active' | 'paused' | null;
    after?: number;
    secret?: SealedText;
  };
  PauseWebhook: {};
  /** It goes on where it stopped, or after the position `after` if that is not null. */
  ResumeWebhook: { after: number | null };
  /** By the service, not by its users. */
  DisableWebhook: { reason: 'gone' | 'failing'; detail: string };
  /** The secret before stays valid for so many milliseconds. */
  RotateWebhookSecret: { secret: SealedText; previousValidFor: number };
  /** A sample was sent. */
  RecordWebhookTest: {
    noticeType: string;
    status: number | null;
    error: string | null;
    milliseconds: number;
    excerpt: string | null;
  };
  RequestRedelivery: { redelivered: Redelivered };
  DeleteWebhook: {};
}

export type WebhookCommandType = keyof Requests;

/**
 * What can be asked of a webhook. `webhookId` is the id under which the client knows it, `at` the time that the events
 * get, in milliseconds since the epoch.
 */
export type WebhookCommand = {
  [Type in WebhookCommandType]: Readonly<Requests[Type]> & {
    readonly type: Type;
    readonly webhookId: string;
    readonly at: number;
  };
}[WebhookCommandType];

/** The command of one type. */
export type WebhookCommandOf<Type extends WebhookCommandType> = Extract<WebhookCommand, { type: Type }>;
