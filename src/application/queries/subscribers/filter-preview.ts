import { Injectable } from '@nestjs/common';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import { NoticeReader } from '../../notices/notice-reader.js';
import type { Notice } from '../../notices/notice.js';
import { AuditReader } from '../history/audit-reader.js';

/** What a filter would have let through lately. */
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
  ) {}

  of(filter: NoticeFilter): FilterPreview {
    const recent = this.audit.page(
      { outcomes: ['done'], category: 'registry' },
      { limit: newest, order: 'newestFirst' },
    ).items;
    const first = recent.at(-1)?.position ?? 1;
    const { notices } = this.notices.page(filter, { after: first - 1, limit: newest });
    return { lookedAt: recent.length, wouldHaveMatched: notices.length, example: notices.at(-1) };
  }
}
