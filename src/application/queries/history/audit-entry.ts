import type { Actor, Client } from '../../history/event-metadata.js';
import type { JsonObject, Position, Revision } from '../../ports/event-store.js';
import type { ConsumerEventType } from '../../../domain/consumer/events.js';
import type { RegisteredModelEventType } from '../../../domain/registered-model/events.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import type { WebhookEventType } from '../../../domain/webhook/events.js';

/** What became of a command: `done` is an event, the others are why it was refused. */
export const outcomes = ['done', 'denied', 'conflict', 'invalid', 'failed'] as const;

export type Outcome = (typeof outcomes)[number];

/**
 * `registry` is what happened to models, `control-plane` who is told of it: webhooks and consumers. `housekeeping` is
 * what the service notes for itself and changes nothing that a client sees.
 */
export const categories = ['registry', 'housekeeping', 'control-plane'] as const;

export type Category = (typeof categories)[number];

export const refusedType = 'CommandRefused';

/**
 * What happens to webhooks and consumers, without what they do all the time: that a consumer acknowledged is in its own
 * stream only.
 */
export type SubscriberEntryType = Exclude<
  WebhookEventType | ConsumerEventType,
  'ConsumerAcknowledged' | RegisteredModelEventType
>;

/** The wire name of the event. */
export type AuditEntryType = RegisteredModelEventType | typeof refusedType | SubscriberEntryType;

/** Who is told: a webhook with its id, or a consumer, which is known by its name and by nothing else. */
export interface SubscriberSubject {
  readonly kind: 'webhook' | 'consumer';
  readonly id: string;
  /** The one that it had just then. */
  readonly name: string;
}

/** One event, as an auditor reads it. Times are milliseconds since the epoch. */
export interface AuditEntry {
  readonly position: Position;
  readonly eventId: string;
  readonly type: AuditEntryType;
  readonly category: Category;
  readonly outcome: Outcome;
  /** Who did what to what, in plain words: `ana moved fraud v7 from Staging to Production, archiving v6`. */
  readonly text: string;
  /**
   * The id is null when a refused command meant a model that there never was; the name is the one it had just then. Both
   * are null when it is about a subscriber.
   */
  readonly model: { readonly id: string | null; readonly name: string | null };
  /** Null when it is about the model itself, or about no model. */
  readonly version: number | null;
  /** The webhook or the consumer that it is about; null when it is about a model. */
  readonly subscriber: SubscriberSubject | null;
  /** Place in the stream that it is recorded in. */
  readonly revision: Revision;
  readonly actor: Actor;
  readonly client: Client;
  readonly happenedAt: number;
  /** When it was first recorded. */
  readonly recordedAt: number;
  /** What changed, as it was before: the fields that `after` has. Null for what is new. */
  readonly before: JsonObject | null;
  /** What changed, as it is now; null for what is gone. */
  readonly after: JsonObject | null;
  readonly comment: string | null;
  /** The stage that a version left and the one that it entered, by a transition, a deletion or a restoration. */
  readonly from: Stage | null;
  readonly to: Stage | null;
  /** The version in whose favour this one was archived. */
  readonly inFavourOf: number | null;
  /** The versions that the same command archived in favour of this one, by number. */
  readonly archived: readonly number[];
  /** Why a command was refused; null for everything else. */
  readonly refusal: { readonly command: string; readonly code: string; readonly message: string } | null;
  /** All entries of one command have the same. */
  readonly correlationId: string;
  readonly causationId: string;
  readonly requestId: string;
}
