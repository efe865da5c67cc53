import type { DeliveredNotice } from '../../../domain/delivery/events.js';
import type { NoticeFilter } from '../../../domain/notices/notice-filter.js';
import type { SealedText, WebhookSettings } from '../../../domain/webhook/events.js';
import type { Position, Revision } from '../../ports/event-store.js';

/** A secret that requests are signed with; until then only, in milliseconds since the epoch, if `until` is not null. */
export interface SigningSecret {
  readonly sealed: SealedText;
  readonly until: number | null;
}

/** A webhook that was not deleted. Times are milliseconds since the epoch. */
export interface WebhookView extends WebhookSettings {
  readonly id: string;
  readonly status: 'active' | 'paused' | 'disabled';
  /** Why the service disabled it; null unless it did. */
  readonly disabled: { readonly reason: 'gone' | 'failing'; readonly detail: string } | null;
  /** The newest first; none when its requests are not signed. */
  readonly secrets: readonly SigningSecret[];
  /** It is told what is recorded after this position, if nothing says that it has come further. */
  readonly after: Position;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Of the newest event in its stream. */
  readonly revision: Revision;
}

/** How far a webhook has been told. */
export interface DeliveryProgress {
  /** Position of its creation or of its last resumption: since then it goes on from where that put it. */
  readonly begun: Position;
  /** Every notice up to here that it wants has been attempted. */
  readonly through: Position;
  /** Those that will be tried again, and those that were given up. */
  readonly open: number;
  readonly parked: number;
  /** Until when nothing is sent because the endpoint fails; null while it works. */
  readonly circuitOpenUntil: number | null;
  /** How many requests in a row have failed, as the circuit counts them. */
  readonly failuresInRow: number;
  /** When a request last arrived, and when one last did not; null for never. */
  readonly lastDeliveredAt: number | null;
  readonly lastFailedAt: number | null;
}

/** What became of one notice for one webhook. Times are milliseconds since the epoch. */
export interface DeliveryView {
  readonly webhookId: string;
  readonly notice: DeliveredNotice;
  /** `open`: it will be tried again, or is to be delivered once more and has not been yet. */
  readonly state: 'open' | 'delivered' | 'parked';
  /** Of the attempts so far, redeliveries included. */
  readonly attempts: number;
  /** Attempts since the notice, or its redelivery, became due: what the schedule goes by. */
  readonly attemptsOnSchedule: number;
  /** Id of the event that asked for the last redelivery; null when nobody did. */
  readonly redelivery: string | null;
  readonly nextAttemptAt: number | null;
  readonly lastAttemptAt: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

/** One request of a delivery, and what came of it: a line of the delivery log. */
export interface AttemptView {
  readonly webhookId: string;
  readonly notice: DeliveredNotice;
  /** Position of the event that recorded it. */
  readonly position: Position;
  readonly attempt: number;
  readonly redelivery: string | null;
  readonly outcome: 'delivered' | 'failed' | 'parked';
  readonly at: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly milliseconds: number;
  readonly excerpt: string | null;
}

/** A named consumer that was not deleted. Times are milliseconds since the epoch. */
export interface ConsumerView {
  readonly name: string;
  readonly description: string | null;
  readonly filter: NoticeFilter;
  readonly checkpoint: Position;
  readonly paused: boolean;
  readonly createdAt: number;
  /** When its checkpoint last moved; null for never. */
  readonly acknowledgedAt: number | null;
  readonly revision: Revision;
}
