import { randomUUID } from 'node:crypto';
import { Dispatcher } from '../../src/application/dispatching/dispatcher.js';
import { Courtesy } from '../../src/application/deciding/courtesy.js';
import type {
  DispatchingParts,
  WebhookRequests,
} from '../../src/application/dispatching/dispatching-parts.js';
import type { Lease } from '../../src/application/dispatching/lease.js';
import { SoleLease } from '../../src/application/dispatching/sole-lease.js';
import { deliveriesStream, decodeDeliveryEvent } from '../../src/application/history/delivery-codec.js';
import { registeredModelStream } from '../../src/application/history/registered-model-codec.js';
import { webhookStream } from '../../src/application/history/webhook-codec.js';
import type { EventStore, ExpectedRevision, JsonObject } from '../../src/application/ports/event-store.js';
import type { Timing } from '../../src/application/ports/timing.js';
import { WebhookSender } from '../../src/application/ports/webhook-sender.js';
import type { WebhookAnswer, WebhookRequest } from '../../src/application/ports/webhook-sender.js';
import type { DeliveryEvent } from '../../src/domain/delivery/events.js';
import type { RetryRules } from '../../src/domain/delivery/retry-schedule.js';
import { standardRetries } from '../../src/domain/delivery/retry-schedule.js';
import type { NoticeFilter } from '../../src/domain/notices/notice-filter.js';
import { everyNotice } from '../../src/domain/notices/notice-filter.js';
import type { WebhookEvent } from '../../src/domain/webhook/events.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { openHistory } from '../../src/projections/history/open-history.js';
import { openSubscribers } from '../../src/projections/subscribers/open-subscribers.js';
import { SetTiming } from './set-timing.js';

/** A request as it came to an endpoint. */
export interface Received {
  readonly url: string;
  readonly noticeId: string;
  readonly model: string;
  readonly position: number;
  readonly attempt: number;
  readonly redelivery: string | null;
}

type Answers = (received: Received) => Partial<WebhookAnswer> | Promise<Partial<WebhookAnswer>>;

/** Endpoints in memory: they say what they are told to, and note what they got in the order of its coming. */
export class Endpoints extends WebhookSender {
  readonly received: Received[] = [];
  /** 204 unless a test says otherwise. */
  answers: Answers = () => ({});
  /** How many requests have not been answered yet, and the most that there were at once. */
  underWay = 0;
  mostUnderWay = 0;

  override async send({ url, body }: WebhookRequest, signal?: AbortSignal): Promise<WebhookAnswer> {
    const received = { url, ...(JSON.parse(body) as Omit<Received, 'url'>) };
    this.received.push(received);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const { promise: cut, resolve } = Promise.withResolvers<Partial<WebhookAnswer>>();
    signal?.addEventListener('abort', () => resolve({ status: null, error: 'aborted' }));
    const answer = await Promise.race([this.answers(received), cut]);
    this.underWay -= 1;
    return { status: 204, error: null, excerpt: null, retryAfter: null, milliseconds: 1, ...answer };
  }

  override async refuseUnreachable(): Promise<void> {}

  /** What one model's subscriber got, as positions. */
  positionsOf(model: string): readonly number[] {
    return this.received.filter((received) => received.model === model).map(({ position }) => position);
  }
}

export const plainRequests: WebhookRequests = {
  canTell: () => true,
  requestOf: ({ id, modelName, position }, { url }, attempt, redelivery) => ({
    url,
    headers: { 'webhook-id': id },
    body: JSON.stringify({ noticeId: id, model: modelName, position, attempt, redelivery }),
  }),
};

/** A log, its read models and endpoints: everything that a dispatcher works with but the dispatcher. */
export class DispatchingWorld {
  readonly endpoints = new Endpoints();
  readonly disabled: { webhookId: string; reason: string }[] = [];
  readonly failures: unknown[] = [];
  readonly #history;
  readonly #subscribers;
  readonly #ends = new Map<string, ExpectedRevision>();
  #isFollowing = false;
  readonly #running = new Map<AbortController, Promise<void>>();

  constructor(
    readonly timing: Timing = new SetTiming(),
    readonly rules: RetryRules = standardRetries,
    readonly store: EventStore = EmbeddedEventStore.open(':memory:'),
  ) {
    const silent = { info: () => undefined, error: (details: object) => this.failures.push(details) };
    this.#history = openHistory(':memory:', store, silent);
    this.#subscribers = openSubscribers(':memory:', store, silent);
  }

  get deliveries() {
    return this.#subscribers.deliveries;
  }

  get webhooks() {
    return this.#subscribers.webhooks;
  }

  /** Registers a model, and has so many other things happen to it. */
  async model(name: string, changes = 0): Promise<void> {
    const data = { name, claimId: randomUUID(), description: '', tags: [] };
    await this.#append(registeredModelStream(name), 'ModelRegistered', data);
    if (changes > 0) await this.change(name, changes);
  }

  /** @returns position of the last notice */
  change(name: string, times = 1): Promise<number> {
    const descriptions = Array.from({ length: times }, () => ({ description: randomUUID() }));
    return this.#append(registeredModelStream(name), 'ModelDescribed', ...descriptions);
  }

  async webhook(
    id: string,
    { filter = everyNotice, after = 0 }: { readonly filter?: NoticeFilter; readonly after?: number } = {},
  ): Promise<void> {
    const settings = {
      name: id,
      description: null,
      url: `https://${id}.example`,
      format: 'cloudevents',
      filter,
    };
    await this.wish(id, {
      type: 'WebhookCreated',
      data: { ...settings, after, secret: null, status: 'active' },
    });
  }

  wish(id: string, { type, data }: Pick<WebhookEvent, 'type' | 'data'>): Promise<number> {
    return this.#append(webhookStream(id), type, { ...data });
  }

  /** Somebody who should not writes what a webhook was told. */
  async intrude(id: string): Promise<void> {
    const stream = deliveriesStream(id);
    const data = { through: this.deliveries.progress(id)?.through ?? 0 };
    this.#ends.delete(stream);
    for await (const { revision } of this.store.readStream(stream)) this.#ends.set(stream, revision);
    await this.#append(stream, 'DeliveriesPassed', data);
  }

  /** Starts a dispatcher, and the read models with the first one; the parts given take the place of those of this world. */
  start(parts: Partial<DispatchingParts> = {}, lease: Lease = new SoleLease()): Dispatcher {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      this.#history.runner.startWhenPossible();
      this.#subscribers.runner.startWhenPossible();
    }
    const dispatcher = new Dispatcher({ ...this.parts, ...parts }, lease);
    const stop = new AbortController();
    const ready = Promise.all([this.#history.runner.caughtUp, this.#subscribers.runner.caughtUp]);
    this.#running.set(stop, dispatcher.run(ready, stop.signal));
    return dispatcher;
  }

  /** Stops all dispatchers as a service does that ends. */
  async stop(): Promise<void> {
    const running = [...this.#running];
    this.#running.clear();
    for (const [stop] of running) stop.abort();
    await Promise.all(running.map(([, ended]) => ended));
  }

  /** What is on record of a webhook. */
  async told(id: string): Promise<DeliveryEvent[]> {
    const events: DeliveryEvent[] = [];
    for await (const event of this.store.readStream(deliveriesStream(id)))
      events.push(decodeDeliveryEvent(event));
    return events;
  }

  /** Ends without waiting for dispatchers that may never end. */
  forsake(): Promise<void> {
    for (const [stop] of this.#running) stop.abort();
    this.#running.clear();
    return this.end();
  }

  async end(): Promise<void> {
    await this.stop();
    await Promise.all([this.#history.runner.stop(), this.#subscribers.runner.stop()]);
    await this.store.close();
    this.#history.close();
    this.#subscribers.close();
  }

  get parts(): DispatchingParts {
    return {
      store: this.store,
      history: this.#history.progress,
      notices: this.#history.notices,
      subscribers: this.#subscribers.progress,
      webhooks: this.webhooks,
      deliveries: this.deliveries,
      requests: plainRequests,
      sender: this.endpoints,
      courtesy: new Courtesy(() => 0),
      timing: this.timing,
      rules: this.rules,
      disable: async (webhookId, reason, detail) => {
        this.disabled.push({ webhookId, reason });
        await this.wish(webhookId, { type: 'WebhookDisabled', data: { reason, detail } });
      },
      observer: { attempted: () => undefined },
      log: { info: () => undefined, error: (details) => this.failures.push(details) },
    };
  }

  async #append(stream: string, type: string, ...data: readonly JsonObject[]): Promise<number> {
    const events = data.map((each) => {
      const id = randomUUID();
      return { id, type, data: each, metadata: metadataOf(id, this.timing.now()) };
    });
    const expected = this.#ends.get(stream) ?? 'no-stream';
    const { revision, position } = await this.store.append(stream, expected, events);
    this.#ends.set(stream, revision);
    return position;
  }
}

function metadataOf(id: string, at: number): JsonObject {
  return {
    schemaVersion: 1,
    actor: { type: 'user', id: 'ada', authentication: 'basic-unverified' },
    client: { address: '192.0.2.1', userAgent: null },
    requestId: id,
    $correlationId: `correlation of ${id}`,
    $causationId: id,
    happenedAt: new Date(at).toISOString(),
  };
}
