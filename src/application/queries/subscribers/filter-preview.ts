import { Injectable } from '@nestjs/common';
import { NoticeRequests } from '../../dispatching/notice-requests.js';
import { NoticeReader } from '../../notices/notice-reader.js';
import type { Notice } from '../../notices/notice.js';
import type { Position } from '../../ports/event-store.js';
import { AuditReader } from '../history/audit-reader.js';
import type { WebhookView } from './subscriber-views.js';

/** What a webhook would have been told lately, if it had been there. */
export interface FilterPreview {
  /** How many events were looked at: the newest ones. */
  readonly lookedAt: number;
  /** Of the notices of those. */
  readonly wouldHaveMatched: number;
  /** The newest of them. */
  readonly example: Notice | undefined;
}

const newest = 1_000;

/** Tries filters on what has happened, so that a mistake in one is seen before something is missed. */
@Injectable()
export class FilterPreviews {
  constructor(
    private readonly audit: AuditReader,
    private readonly notices: NoticeReader,
    private readonly requests: NoticeRequests,
  ) {}

  of(webhook: WebhookView): FilterPreview {
    const page = { limit: newest, order: 'newestFirst' } as const;
    const recent = this.audit.page({ outcomes: ['done'], category: 'registry' }, page).items;
    const notices = this.#after((recent.at(-1)?.position ?? 1) - 1, webhook);
    return { lookedAt: recent.length, wouldHaveMatched: notices.length, example: notices.at(-1) };
  }

  #after(position: Position, webhook: WebhookView): readonly Notice[] {
    const { notices, reached, isLast } = this.notices.page(webhook.filter, {
      after: position,
      limit: newest,
    });
    const told = notices.filter((notice) => this.requests.canTell(notice, webhook));
    return isLast ? told : [...told, ...this.#after(reached, webhook)];
  }
}
