import type { NoticeType } from '../notices/notice-type.js';

/** The notice that was delivered, as far as it is asked for. */
export interface DeliveredNotice {
  readonly id: string;
  readonly type: NoticeType;
  readonly position: number;
  readonly modelId: string;
  readonly model: string;
  readonly version: number | null;
}

interface Facts {
  /** A request was sent, or could not be. */
  DeliveryAttempted: {
    notice: DeliveredNotice;
    /** From 1; a redelivery counts from 1 again. */
    attempt: number;
    /** Id of the event that asked for the redelivery; null for what is delivered by itself. */
    redelivery: string | null;
    /** `parked`: it failed, and is not tried again by itself. */
    outcome: 'delivered' | 'failed' | 'parked';
    /** Of the HTTP answer; null when there was none. */
    status: number | null;
    /** Why there was none. */
    error: string | null;
    milliseconds: number;
    /** How the body of the answer begins; null without one. */
    excerpt: string | null;
    /** When it is tried again, ISO 8601, UTC; null when it is not. */
    nextAttemptAt: string | null;
    /** Every notice up to this position that the webhook wants has been attempted. */
    through: number;
  };
  /** Much was recorded that the webhook does not want: see `through` above. */
  DeliveriesPassed: { through: number };
  /** The endpoint fails: nothing is sent until then (ISO 8601, UTC). */
  CircuitOpened: { until: string; failures: number };
  /** It works again. */
  CircuitClosed: Record<string, never>;
}

/** The wire names of the events in the stream of a webhook's deliveries. They never change. */
export type DeliveryEventType = keyof Facts;

/** What a webhook was told and what came of it. `at` is when, in milliseconds since the epoch. */
export type DeliveryEvent = {
  [Type in DeliveryEventType]: {
    readonly type: Type;
    readonly data: Readonly<Facts[Type]>;
    readonly at: number;
  };
}[DeliveryEventType];
