import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type {
  AttemptView,
  DeliveryProgress,
  DeliveryView,
} from '../../../src/application/queries/subscribers/subscriber-views.js';
import type { DeliveryEvent } from '../../../src/domain/delivery/events.js';
import type { Redelivered, WebhookEvent } from '../../../src/domain/webhook/events.js';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What is known of one webhook, folded from its events in the plainest way. */
export interface NaiveDeliveries {
  readonly progress: DeliveryProgress | undefined;
  readonly deliveries: readonly DeliveryView[];
  readonly attempts: readonly AttemptView[];
}

export function naiveDeliveries(webhookId: string, events: readonly RecordedEvent[]): NaiveDeliveries {
  const fold = new Fold(webhookId);
  for (const event of events) {
    const told = event.stream === `webhookDeliveries-${webhookId}`;
    if (told || event.stream === `webhook-${webhookId}`) fold.take(event);
  }
  return fold;
}

class Fold implements NaiveDeliveries {
  progress: Mutable<DeliveryProgress> | undefined;
  deliveries: Mutable<DeliveryView>[] = [];
  attempts: AttemptView[] = [];

  constructor(private readonly webhookId: string) {}

  take({ type, data, position, id, recordedAt: at }: RecordedEvent): void {
    this.#apply({ type, data, at } as unknown as WebhookEvent | DeliveryEvent, position, id);
    if (this.progress === undefined) return;
    const inState = (state: string) => this.deliveries.filter((delivery) => delivery.state === state).length;
    this.progress.open = inState('open');
    this.progress.parked = inState('parked');
  }

  #apply({ type, data, at }: WebhookEvent | DeliveryEvent, position: number, eventId: string): void {
    if (type === 'WebhookCreated') {
      const never = { circuitOpenUntil: null, lastDeliveredAt: null, lastFailedAt: null };
      this.progress = {
        begun: position,
        through: data.after,
        open: 0,
        parked: 0,
        failuresInRow: 0,
        ...never,
      };
    }
    const { progress } = this;
    if (progress === undefined) return;
    if (type === 'WebhookResumed') {
      Object.assign(progress, { begun: position, circuitOpenUntil: null, failuresInRow: 0 });
      if (data.after !== null) {
        const { after } = data;
        progress.through = after;
        this.#change(({ state, notice }) => state === 'open' && notice.position <= after, {
          state: 'parked',
          nextAttemptAt: null,
        });
      }
    }
    if (type === 'RedeliveryRequested') {
      const due = { state: 'open', nextAttemptAt: at, redelivery: eventId, attemptsOnSchedule: 0 } as const;
      this.#change((delivery) => isMeant(data, delivery), due);
    }
    if (type === 'DeliveriesPassed') progress.through = data.through;
    if (type === 'CircuitOpened') {
      progress.circuitOpenUntil = Date.parse(data.until);
      progress.failuresInRow = data.failures;
    }
    if (type === 'CircuitClosed') {
      progress.circuitOpenUntil = null;
      progress.failuresInRow = 0;
    }
    if (type === 'DeliveryAttempted') this.#attempted(data, at, position);
  }

  #attempted(
    data: Extract<DeliveryEvent, { type: 'DeliveryAttempted' }>['data'],
    at: number,
    position: number,
  ) {
    const { progress, webhookId } = this;
    if (progress === undefined) return;
    const { notice, attempt, redelivery, outcome, status, error, milliseconds, excerpt } = data;
    progress.through = data.through;
    if (outcome === 'delivered') progress.lastDeliveredAt = at;
    else progress.lastFailedAt = at;
    if (progress.circuitOpenUntil === null)
      progress.failuresInRow = outcome === 'delivered' ? 0 : progress.failuresInRow + 1;
    this.attempts.push({
      webhookId,
      notice,
      position,
      attempt,
      redelivery,
      outcome,
      at,
      status,
      error,
      milliseconds,
      excerpt,
    });
    const last = { lastAttemptAt: at, lastStatus: status, lastError: error };
    const known = this.deliveries.find((delivery) => delivery.notice.id === notice.id);
    const next = {
      state: outcome === 'failed' ? ('open' as const) : outcome,
      attemptsOnSchedule: attempt,
      redelivery,
      nextAttemptAt: data.nextAttemptAt === null ? null : Date.parse(data.nextAttemptAt),
    };
    if (known === undefined) this.deliveries.push({ webhookId, notice, attempts: 1, ...next, ...last });
    else {
      Object.assign(known, last, { attempts: known.attempts + 1 });
      if (known.redelivery === redelivery) Object.assign(known, next);
      else Object.assign(known, { state: 'open', attemptsOnSchedule: 0 });
    }
  }

  #change(isMeant: (delivery: DeliveryView) => boolean, change: Partial<DeliveryView>): void {
    for (const delivery of this.deliveries) if (isMeant(delivery)) Object.assign(delivery, change);
  }
}

function isMeant(which: Redelivered, { notice, state, lastAttemptAt }: DeliveryView): boolean {
  if ('noticeId' in which) return notice.id === which.noticeId;
  if ('from' in which) return which.from <= notice.position && notice.position <= which.to;
  return state === 'parked' && (lastAttemptAt ?? 0) >= Date.parse(which.failedSince);
}
