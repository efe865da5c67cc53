import { Enumeration } from '../enumeration.js';
import {
  Count,
  EnumValue,
  OptionalList,
  OptionalMessage,
  OptionalText,
  RequiredList,
  RequiredText,
} from '../fields.js';

/** MLflow's `WebhookStatus`. */
export type MlflowWebhookStatus = 'ACTIVE' | 'DISABLED';

const statuses = new Enumeration<MlflowWebhookStatus>(['ACTIVE', 'DISABLED']);

export class CreateWebhookRequest {
  @RequiredText() name!: string;
  @RequiredText() url!: string;
  @RequiredList() events!: unknown[];
  @OptionalText() description = '';
  @OptionalText() secret = '';
  @EnumValue(statuses) status: MlflowWebhookStatus = 'ACTIVE';
}

/** What is left out stays as it is. So does what is an empty text or list, except a description: that one is cleared. */
export class UpdateWebhookRequest {
  @OptionalText() name = '';
  @OptionalText() description?: string;
  @OptionalText() url = '';
  @OptionalList() events: unknown[] = [];
  @OptionalText() secret = '';
  @EnumValue(statuses) status?: MlflowWebhookStatus;
}

export class ListWebhooksRequest {
  @Count(Number.MAX_SAFE_INTEGER) max_results = 0;
  @OptionalText() page_token = '';
}

/** Without an event, the first one that the webhook is told is tried. */
export class TestWebhookRequest {
  @OptionalMessage() event?: unknown;
}
