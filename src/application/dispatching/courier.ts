import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeliveryEvent } from '../../domain/delivery/events.js';
import { isGivenUp } from '../../domain/delivery/verdict.js';
import type { Position } from '../ports/event-store.js';
import type { DeliveryProgress, WebhookView } from '../queries/subscribers/subscriber-views.js';
import { attemptDelivery } from './attempt.js';
import type { Due, Outcome } from './attempt.js';
import { Bell } from './bell.js';
import { CutOffError, DeliveryLog } from './delivery-log.js';
import type { DispatchingParts } from './dispatching-parts.js';
import { Endpoint } from './endpoint.js';
import type { Permit } from './endpoint.js';
import { firstOf } from './first-of.js';
import { Lane } from './lane.js';
import { NoticeScan } from './notice-scan.js';
import type { RecentNotices } from './recent-notices.js';
import type { Slots } from './slots.js';

/** So many models may be in the way of one webhook at once; then nothing new is begun until one of them is done. */
const maxLanes = 2_000;
const modelsAtOnce = 64;
/** So many events without a match are put on record as passed, so that a restart does not read them again. */
const passedAtOnce = 10_000;

/** What all couriers of a node share. */
export interface Shared {
  readonly slots: Slots;
  readonly recent: RecentNotices;
  /** Whether this node may send at this very moment. */
  readonly maySend: () => boolean;
}

/**
 * Tells one webhook what it wants to be told: in order for each model, several models side by side. It goes by what is
 * on record alone, so that whoever takes over goes on as it would have done.
 *
 * The scan goes through the notices and opens a lane for each model that it meets; what else it meets of a model with a
 * lane is found again by the lane. A lane first sees to what is open of its model, which redeliveries are, too.
 */
export class Courier {
  readonly #stop = new AbortController();
  readonly #cut = new AbortController();
  readonly #lanes = new Map<string, Lane>();
  readonly #tasks = new Set<Promise<void>>();
  /** More may be sent than before. */
  readonly #room = new Bell();
  /** Somebody wants something of this webhook: what is open may have changed. */
  readonly #wishes = new Bell();
  #endpoint: Endpoint | undefined;
  #log: DeliveryLog | undefined;
  #scan: NoticeScan | undefined;
  #cursor: Position = 0;
  #resting = 0;
  #looked = 0;
  #passed: Position = 0;
  #failure: unknown;

  constructor(
    private readonly parts: DispatchingParts,
    private readonly shared: Shared,
    private readonly webhook: WebhookView,
  ) {}

  /** What it has not come to yet is after this; undefined while it is getting ready. */
  get position(): Position | undefined {
    if (this.#scan === undefined) return undefined;
    const recent = this.shared.recent.since(this.#cursor);
    const cursor = recent?.notices.length === 0 ? recent.reached : this.#cursor;
    return this.#through(cursor);
  }

  get isCircuitOpen(): boolean {
    return this.#endpoint?.isOpen === true;
  }

  /** The webhook was changed, or something of it is to be delivered once more. */
  changed(): void {
    this.#wishes.ring();
  }

  /** Begins nothing more. What is under way is finished and put on record. */
  stop(): void {
    this.#stop.abort();
  }

  /** Ends at once: what is under way is not waited for, and whoever goes on sends it again. */
  cut(): void {
    this.#stop.abort();
    this.#cut.abort();
  }

  /**
   * Resolves when it was stopped and nothing is under way.
   *
   * @throws FencedOffError when another one writes what this webhook was told; CutOffError when it was cut off before
   * everything was on record; and what went wrong otherwise. It is to be begun anew then.
   */
  async run(): Promise<void> {
    const leave = this.shared.recent.join(this.webhook.filter);
    try {
      await this.#prepare();
      this.#track(this.#goThroughNotices());
      this.#track(this.#goThroughOpen());
    } catch (error) {
      this.#fail(error);
    }
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    this.stop();
    leave();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Reads where it is to go on, once this node has read everything that was put on record for this webhook. */
  async #prepare(): Promise<void> {
    const { store, subscribers, deliveries, timing, rules } = this.parts;
    const { id } = this.webhook;
    const end = await DeliveryLog.endOf(store, id);
    await subscribers.movedPast(end.position - 1, this.#stop.signal);
    const progress = deliveries.progress(id);
    if (progress === undefined) throw new Error(`Nothing is known of webhook ${id}`);
    this.#cursor = progress.through;
    this.#log = new DeliveryLog(store, id, end.revision, timing, this.#cut.signal);
    const ring = () => this.#room.ring();
    this.#endpoint = new Endpoint(
      circuitIn(progress),
      rules,
      timing,
      this.shared.slots,
      ring,
      this.#stop.signal,
    );
    this.#scan = new NoticeScan(this.parts, this.webhook, this.shared.recent);
  }

  async #goThroughNotices(): Promise<void> {
    const { signal } = this.#stop;
    const { recent } = this.shared;
    while (!signal.aborted && this.#scan !== undefined) {
      const { rings } = recent;
      const { notices, reached, looked } = this.#scan.after(this.#cursor);
      for (const notice of notices) {
        this.#cursor = notice.position - 1;
        const lane = this.#lanes.get(notice.modelId);
        if (lane !== undefined) lane.passOver(notice.position);
        else {
          await this.#untilRoom();
          if (signal.aborted) return;
          const opened = this.#lanes.get(notice.modelId);
          if (opened === undefined) this.#openLane(new Lane(notice.modelId, notice));
          else opened.passOver(notice.position);
        }
      }
      const hasMoved = reached > this.#cursor || notices.length > 0;
      this.#cursor = reached;
      this.#looked += looked;
      if (this.#looked >= passedAtOnce) await this.#recordPassed();
      if (hasMoved) await nextTurn();
      else await recent.after(rings, signal);
    }
  }

  /** Opens lanes for models with something open: retries and redeliveries. */
  async #goThroughOpen(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const { rings } = this.#wishes;
      for (let after = ''; ;) {
        const models = this.parts.deliveries.openModels(this.webhook.id, { after, limit: modelsAtOnce });
        for (const model of models) {
          if (!this.#lanes.has(model)) await this.#untilRoom();
          if (signal.aborted) return;
          if (!this.#lanes.has(model)) this.#openLane(new Lane(model, null));
        }
        await nextTurn();
        const last = models.at(-1);
        if (last === undefined) break;
        after = last;
      }
      await this.#wishes.after(rings, signal);
    }
  }

  /** Lanes that wait for a retry take no room at the endpoint. */
  async #untilRoom(): Promise<void> {
    const { signal } = this.#stop;
    const isFull = () =>
      this.#lanes.size >= maxLanes || this.#lanes.size - this.#resting >= (this.#endpoint?.width ?? 0);
    while (!signal.aborted && isFull()) await this.#room.after(this.#room.rings, signal);
  }

  #openLane(lane: Lane): void {
    this.#lanes.set(lane.modelId, lane);
    this.#track(this.#drive(lane));
  }

  /** One notice of a model after the other, until there is none left. */
  async #drive(lane: Lane): Promise<void> {
    const { subscribers } = this.parts;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await subscribers.movedPast(lane.recorded - 1, signal);
      if (signal.aborted) return;
      const { rings } = this.#wishes;
      const { due, at } = this.#next(lane);
      if (due === null) {
        if (lane.passed === null && lane.fresh === null) break;
        await nextTurn();
      } else if (at > this.parts.timing.now()) await this.#rest(at, rings);
      else await this.#send(lane, due, rings);
    }
    this.#lanes.delete(lane.modelId);
    this.#room.ring();
  }

  /** What a lane has to send next, and when; nothing if that takes more searching, or there is nothing. */
  #next(lane: Lane): { readonly due: Due | null; readonly at: number } {
    const { deliveries, notices, rules } = this.parts;
    const [open] = deliveries.open(this.webhook.id, { modelId: lane.modelId, limit: 1 });
    if (open !== undefined) {
      lane.postponeFresh();
      const notice = notices.notice(open.notice.id);
      if (notice === undefined) throw new Error(`Notice ${open.notice.id} is not in the history`);
      const { attemptsOnSchedule, redelivery, nextAttemptAt } = open;
      return { due: { notice, attempt: attemptsOnSchedule + 1, redelivery }, at: nextAttemptAt ?? 0 };
    }
    if (lane.fresh === null) this.#scan?.catchUp(lane);
    const notice = lane.fresh;
    if (notice === null) return { due: null, at: 0 };
    const at = notice.entry.recordedAt + (rules.retries[0] ?? 0);
    return { due: { notice, attempt: 1, redelivery: null }, at: rules.retries[0] ? at : 0 };
  }

  async #rest(until: number, wishes: number): Promise<void> {
    const { timing } = this.parts;
    this.#resting += 1;
    this.#room.ring();
    await firstOf(
      this.#stop.signal,
      (signal) => timing.pause(until - timing.now(), signal),
      (signal) => this.#wishes.after(wishes, signal),
    );
    this.#resting -= 1;
  }

  async #send(lane: Lane, due: Due, wishes: number): Promise<void> {
    const { signal } = this.#stop;
    await this.#log?.untilSound(signal);
    const permit = await this.#endpoint?.permit();
    if (permit === undefined) return;
    try {
      const webhook = this.parts.webhooks.webhook(this.webhook.id);
      if (webhook === undefined || !this.#isAsBegun(webhook)) this.stop();
      if (!this.shared.maySend()) this.cut();
      const isOutdated = wishes !== this.#wishes.rings;
      if (webhook === undefined || signal.aborted || isOutdated) return;
      const outcome = await attemptDelivery(this.parts, webhook, due, this.#cut.signal);
      if (outcome === undefined) return;
      await this.#record(lane, due, permit, outcome);
      await this.#giveUpOn(webhook, outcome);
    } finally {
      this.#endpoint?.giveBack(permit);
    }
  }

  /**
   * Whether the webhook is active and is to be told the same, from the same place on. It may have been paused and resumed
   * elsewhere before anybody has stopped this courier.
   */
  #isAsBegun(webhook: WebhookView): boolean {
    if (webhook.status !== 'active') return false;
    return webhook.revision === this.webhook.revision || termsOf(webhook) === termsOf(this.webhook);
  }

  async #record(lane: Lane, { notice }: Due, permit: Permit, { event }: Outcome): Promise<void> {
    const circuit = this.#endpoint?.judge(permit, event.data.outcome === 'delivered');
    if (lane.fresh === notice) lane.fresh = null;
    const attempted: DeliveryEvent = {
      ...event,
      data: { ...event.data, through: this.#through(this.#cursor) },
    };
    this.#looked = 0;
    const { eventId, correlationId } = notice.entry;
    const events = circuit === undefined ? [attempted] : [attempted, circuit];
    lane.recorded = (await this.#log?.record(events, { eventId, correlationId })) ?? 0;
  }

  async #recordPassed(): Promise<void> {
    this.#looked = 0;
    const data = { through: this.#through(this.#cursor) };
    if (data.through <= this.#passed) return;
    this.#passed = data.through;
    await this.#log?.record([{ type: 'DeliveriesPassed', data, at: this.parts.timing.now() }], null);
  }

  async #giveUpOn(webhook: WebhookView, { isGone, answer, event }: Outcome): Promise<void> {
    const { disable, deliveries, timing } = this.parts;
    if (isGone) {
      this.stop();
      return disable(webhook.id, 'gone', 'The endpoint answered 410 Gone.');
    }
    if (event.data.outcome !== 'parked') return;
    const lastDelivered = deliveries.progress(webhook.id)?.lastDeliveredAt ?? null;
    if (!isGivenUp(lastDelivered, webhook.updatedAt, timing.now())) return;
    this.stop();
    const last = answer.error ?? `it answered ${answer.status}`;
    await disable(webhook.id, 'failing', `Nothing has arrived for five days. The last time: ${last}`);
  }

  /** Everything that the webhook wants has been attempted up to here, when the scan has come to `cursor`. */
  #through(cursor: Position): Position {
    let through = cursor;
    for (const { attemptedUpTo } of this.#lanes.values()) through = Math.min(through, attemptedUpTo);
    return through;
  }

  #track(task: Promise<void>): void {
    const tracked = task
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#tasks.delete(tracked);
      });
    this.#tasks.add(tracked);
  }

  /** The first failure says what went wrong; what follows from it does not. */
  #fail(error: unknown): void {
    if (this.#failure === undefined || this.#failure instanceof CutOffError) this.#failure = error;
    this.stop();
  }
}

function circuitIn({ failuresInRow, circuitOpenUntil }: DeliveryProgress) {
  return { failures: failuresInRow, openUntil: circuitOpenUntil };
}

function termsOf({ after, filter, format, mlflowEvents }: WebhookView): string {
  return JSON.stringify([after, filter, format, mlflowEvents]);
}
