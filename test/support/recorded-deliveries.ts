import { deliveriesStream } from '../../src/application/history/delivery-codec.js';
import { webhookStream } from '../../src/application/history/webhook-codec.js';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { DeliveredNotice, DeliveryEvent } from '../../src/domain/delivery/events.js';
import { everyNotice } from '../../src/domain/notices/notice-filter.js';
import { noticeTypes } from '../../src/domain/notices/notice-type.js';
import type { WebhookEvent } from '../../src/domain/webhook/events.js';

/** What happened, without when. */
export type Told = Pick<DeliveryEvent, 'type' | 'data'>;
export type Wished = Pick<WebhookEvent, 'type' | 'data'>;
type Attempt = Extract<DeliveryEvent, { type: 'DeliveryAttempted' }>['data'];

/** The notice of an event at a position, about one of few models. */
export function noticeAt(position: number, model = `model-${position % 3}`): DeliveredNotice {
  return {
    id: `notice-${position}`,
    type: noticeTypes[0] ?? 'io.annals.registry.model.registered.v1',
    position,
    modelId: `id of ${model}`,
    model,
    version: null,
  };
}

export function created(after = 0): Wished {
  const settings = { name: 'deployer', description: null, url: 'https://deployer.example/hook' } as const;
  return {
    type: 'WebhookCreated',
    data: { ...settings, format: 'cloudevents', filter: everyNotice, after, secret: null, status: 'active' },
  };
}

/** An attempt that failed, if nothing else is said. */
export function attempted(notice: DeliveredNotice, about: Partial<Attempt> = {}): Told {
  const outcome = about.outcome ?? 'failed';
  return {
    type: 'DeliveryAttempted',
    data: {
      notice,
      attempt: 1,
      redelivery: null,
      outcome,
      status: outcome === 'delivered' ? 204 : 500,
      error: null,
      milliseconds: 7,
      excerpt: null,
      nextAttemptAt: outcome === 'failed' ? new Date(1_000_000).toISOString() : null,
      through: notice.position,
      ...about,
    },
  };
}

/** The log of webhooks and of what they were told: positions are those of the whole log and leave room for models. */
export class RecordedDeliveries {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, number>();

  constructor(private readonly firstPosition = 1_000) {}

  /** @returns the event as it is in the log */
  wish(webhookId: string, wished: Wished, at = 0): RecordedEvent {
    return this.#record(webhookStream(webhookId), wished, at);
  }

  tell(webhookId: string, told: Told, at = 0): RecordedEvent {
    return this.#record(deliveriesStream(webhookId), told, at);
  }

  #record(stream: string, { type, data }: Told | Wished, at: number): RecordedEvent {
    const revision = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, revision);
    const position = this.firstPosition + this.events.length;
    const event: RecordedEvent = {
      id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
      type,
      data: { ...data },
      metadata: { happenedAt: new Date(at).toISOString() },
      stream,
      revision,
      position,
      recordedAt: at,
    };
    this.events.push(event);
    return event;
  }
}
