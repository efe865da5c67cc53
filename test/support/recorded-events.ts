import type { IdempotentRequest } from '../../src/application/history/event-metadata.js';
import { registeredModelStream } from '../../src/application/history/registered-model-codec.js';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type {
  RegisteredModelEvent,
  RegisteredModelEventType,
} from '../../src/domain/registered-model/events.js';

/** What happened to a model, without where and when. */
export type Fact = {
  [Type in RegisteredModelEventType]: {
    readonly type: Type;
    readonly data: Extract<RegisteredModelEvent, { type: Type }>['data'];
  };
}[RegisteredModelEventType];

export interface Circumstances {
  readonly at?: number;
  readonly idempotency?: IdempotentRequest;
}

/** A history as a log would have recorded it: one event after the other, each in the stream of its model. */
export class RecordedHistory {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, number>();

  /** @param model id of the model; its stream is named after it */
  record(model: string, fact: Fact, { at = 0, idempotency }: Circumstances = {}): RecordedEvent {
    const stream = registeredModelStream(model);
    const revision = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, revision);
    const position = this.events.length + 1;
    const event: RecordedEvent = {
      id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
      type: fact.type,
      data: fact.data,
      metadata: {
        schemaVersion: 1,
        actor: { type: 'user', id: 'ada', authentication: 'basic-unverified' },
        happenedAt: new Date(at).toISOString(),
        ...(idempotency && { idempotency }),
      },
      stream,
      revision,
      position,
      recordedAt: at,
    };
    this.events.push(event);
    return event;
  }
}
