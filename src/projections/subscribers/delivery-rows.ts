import type { DatabaseSync } from 'node:sqlite';
import {
  decodeDeliveryEvent,
  deliveriesPrefix,
  toldWebhookOf,
} from '../../application/history/delivery-codec.js';
import { decodeWebhookEvent, webhookIdOf, webhookPrefix } from '../../application/history/webhook-codec.js';
import type { RecordedEvent } from '../../application/ports/event-store.js';
import { createTables, dropTables } from './deliveries.schema.js';
import { DeliverySteps } from './delivery-steps.js';
import { DeliveredWebhooks } from './delivered-webhooks.js';
import { StepsOfMany } from './steps-of-many.js';
import type { SubscribersPart } from './subscribers-part.js';

/** What webhooks were told, and what they are still to be told. */
export const deliveryRows: SubscribersPart = {
  streamPrefixes: [webhookPrefix, deliveriesPrefix],
  create: createTables,
  drop: dropTables,
  open: (db) => {
    const rows = new DeliveryRows(db);
    return (event) => {
      if (event.stream.startsWith(deliveriesPrefix)) rows.told(event);
      else rows.wished(event);
    };
  },
};

class DeliveryRows {
  readonly #webhooks: DeliveredWebhooks;
  readonly #steps: DeliverySteps;
  readonly #many: StepsOfMany;

  constructor(db: DatabaseSync) {
    this.#webhooks = new DeliveredWebhooks(db);
    this.#steps = new DeliverySteps(db);
    this.#many = new StepsOfMany(db);
  }

  /** Takes what happened when a webhook was to be told. */
  told(recorded: RecordedEvent): void {
    const { type, data, at } = decodeDeliveryEvent(recorded);
    const webhook = this.#webhooks.idOf(toldWebhookOf(recorded.stream));
    switch (type) {
      case 'DeliveryAttempted':
        this.#steps.attempted(webhook, recorded.position, data, at);
        return this.#webhooks.attempted(webhook, data, at);
      case 'DeliveriesPassed':
        return this.#webhooks.passed(webhook, data.through);
      case 'CircuitOpened':
        return this.#webhooks.circuitOpened(webhook, Date.parse(data.until), data.failures);
      case 'CircuitClosed':
        return this.#webhooks.circuitClosed(webhook);
    }
  }

  /** Takes what people want of a webhook, as far as it concerns what it is told. */
  wished(recorded: RecordedEvent): void {
    const { type, data, at } = decodeWebhookEvent(recorded);
    const { position, id: eventId } = recorded;
    const uuid = webhookIdOf(recorded.stream);
    if (type === 'WebhookCreated') this.#webhooks.created(uuid, position, data.after);
    if (type === 'WebhookResumed') {
      const webhook = this.#webhooks.idOf(uuid);
      if (data.after !== null) this.#many.giveUp(webhook, position, data.after);
      this.#webhooks.resumed(webhook, position, data.after);
    }
    if (type === 'RedeliveryRequested') {
      const webhook = this.#webhooks.idOf(uuid);
      this.#many.redeliver(webhook, { position, eventId, at }, data);
      this.#webhooks.count(webhook);
    }
  }
}
