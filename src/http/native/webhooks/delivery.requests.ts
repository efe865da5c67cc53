import { EntryRequest } from '../requests/audit.requests.js';
import { maxPage } from '../requests/common.requests.js';
import { InBody, InPath, InQuery } from '../requests/field.js';
import { flag, oneOf, text, wholeNumber } from '../requests/kind.js';
import { instant } from '../requests/moment.js';
import { WebhookRequest } from './webhook.requests.js';

const maxNoticeId = 100;
export const deliveryStates = ['open', 'delivered', 'parked'] as const;

class PagedWebhookRequest extends WebhookRequest {
  @InQuery(wholeNumber(1, maxPage), 'How many items a page holds at most.')
  limit = 100;

  @InQuery(
    text(1, 4_000),
    'Where to go on: taken from `next` of the page before, whose query has to be the same. All pages are as of the ' +
      'first one.',
  )
  after?: string;
}

export class DeliveriesRequest extends PagedWebhookRequest {
  @InQuery(
    oneOf(...deliveryStates),
    'Only those that will be tried again, those that were delivered, or those that were given up.',
  )
  state?: (typeof deliveryStates)[number];
}

export class AttemptsRequest extends PagedWebhookRequest {}

export class NoticeAttemptsRequest extends PagedWebhookRequest {
  @InPath(text(1, maxNoticeId), 'The `id` of the event that was delivered.') notice!: string;
}

export class RedeliveryRequest extends WebhookRequest {
  @InBody(text(1, maxNoticeId), 'One: the `id` of the event.') noticeId?: string;

  @InBody(
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
    'A range: everything from this position of the log on, with `to`.',
  )
  from?: number;

  @InBody(wholeNumber(1, Number.MAX_SAFE_INTEGER), 'Where the range ends, inclusive.') to?: number;

  @InBody(instant(), 'All that were given up and whose last attempt was then or later.')
  failedSince?: number;

  @InQuery(flag(), 'Answers how many there are and changes nothing.') dryRun = false;
}

export class ToldRequest extends EntryRequest {}
