import { Injectable } from '@nestjs/common';
import { wants } from '../../../domain/notices/notice-filter.js';
import { NoticeRequests } from '../../dispatching/notice-requests.js';
import { NoticeReader } from '../../notices/notice-reader.js';
import type { Notice } from '../../notices/notice.js';
import type { Position } from '../../ports/event-store.js';
import type { AuditEntry } from '../history/audit-entry.js';
import { AuditReader } from '../history/audit-reader.js';
import { DeliveriesReader } from './deliveries-reader.js';
import type { AttemptView, DeliveryView, WebhookView } from './subscriber-views.js';
import { WebhooksReader } from './webhooks-reader.js';
import type { WebhookName } from './webhooks-reader.js';

/** What one webhook was told of an event, in one notice of it. */
export interface Told {
  readonly webhook: WebhookName & { readonly id: string };
  readonly noticeId: string;
  readonly noticeType: string;
  /** `pending`: it wants the notice, and nothing has been sent yet. */
  readonly state: DeliveryView['state'] | 'pending';
  /** When it is tried again, in milliseconds since the epoch; null when it is not, for instance while it is paused. */
  readonly nextAttemptAt: number | null;
  /** Oldest first. */
  readonly attempts: readonly AttemptView[];
}

/** As of when it is asked: everything up to a position, of which nothing was attempted after a time if there is one. */
export interface ToldAsOf {
  readonly position: Position;
  /** In milliseconds since the epoch; undefined for the present of this position. */
  readonly time?: number;
  /** Whether it is the present, in which there is something yet to be told. */
  readonly isPresent: boolean;
}

const mostOfOneCommand = 1_000;

/** Which webhooks were told of an event, when and with what answer, and which are still to be. */
@Injectable()
export class ToldOfEvent {
  constructor(
    private readonly audit: AuditReader,
    private readonly notices: NoticeReader,
    private readonly deliveries: DeliveriesReader,
    private readonly webhooks: WebhooksReader,
    private readonly requests: NoticeRequests,
  ) {}

  /** The notices of an event: its own, and that of the change of Production of which it was a part. */
  noticesOf(entry: AuditEntry): readonly Notice[] {
    const { correlationId, causationId, eventId } = entry;
    const page = { limit: mostOfOneCommand, order: 'oldestFirst' } as const;
    const ofCommand = this.audit
      .page({ correlationId, outcomes: ['done'] }, page)
      .items.filter((one) => one.causationId === causationId);
    const last = ofCommand.at(-1)?.eventId ?? eventId;
    return [eventId, `${last}.production`].flatMap((id) => this.notices.notice(id) ?? []);
  }

  /** In the order of the first attempt; those that are pending last. */
  of(notices: readonly Notice[], { position, time = Infinity, isPresent }: ToldAsOf): readonly Told[] {
    const attempts = this.deliveries
      .toldOf(
        notices.map(({ id }) => id),
        position,
      )
      .filter(({ at }) => at <= time);
    const byDelivery = Map.groupBy(attempts, ({ webhookId, notice }) => `${webhookId} ${notice.id}`);
    const told = [...byDelivery.values()].flatMap((one) => this.#told(one, isPresent));
    if (!isPresent) return told;
    return [...told, ...notices.flatMap((notice) => this.#pending(notice, byDelivery))];
  }

  #told(attempts: readonly AttemptView[], isPresent: boolean): readonly Told[] {
    const last = attempts.at(-1);
    if (last === undefined) return [];
    const { webhookId: id, notice, outcome } = last;
    const name = this.webhooks.nameOf(id);
    if (name === undefined) return [];
    const now = isPresent ? this.deliveries.delivery(id, notice.id) : undefined;
    const isActive = this.webhooks.webhook(id)?.status === 'active';
    return [
      {
        webhook: { id, ...name },
        noticeId: notice.id,
        noticeType: notice.type,
        state: now?.state ?? (outcome === 'failed' ? 'open' : outcome),
        nextAttemptAt: isActive ? (now?.nextAttemptAt ?? null) : null,
        attempts,
      },
    ];
  }

  #pending(notice: Notice, byDelivery: ReadonlyMap<string, unknown>): readonly Told[] {
    return this.webhooks
      .all()
      .filter((webhook) => !byDelivery.has(`${webhook.id} ${notice.id}`) && this.#isToBeTold(webhook, notice))
      .map(({ id, name, url }) => ({
        webhook: { id, name, url, deleted: false },
        noticeId: notice.id,
        noticeType: notice.type,
        state: 'pending',
        nextAttemptAt: null,
        attempts: [],
      }));
  }

  #isToBeTold(webhook: WebhookView, notice: Notice): boolean {
    const through = this.deliveries.progress(webhook.id)?.through ?? webhook.after;
    if (notice.position <= through || !this.requests.canTell(notice, webhook)) return false;
    return wants(webhook.filter, notice, () => this.notices.tagsOf(notice));
  }
}
