import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position } from '../ports/event-store.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import { CutOffError, DeliveryLog } from './delivery-log.js';
import type { DispatchingParts } from './dispatching-parts.js';
import { Endpoint } from './endpoint.js';
import { Lanes } from './lanes.js';
import { NoticeScan } from './notice-scan.js';
import type { RecentNotices } from './recent-notices.js';
import { Round } from './round.js';
import type { Slots } from './slots.js';
import { Telling } from './telling.js';
import type { Turns } from './turns.js';

const modelsAtOnce = 64;
/** So many events without a match are put on record as passed, so that a restart does not read them again. */
const passedAtOnce = 10_000;

/** What all couriers of a node share. */
export interface Shared {
  readonly slots: Slots;
  readonly recent: RecentNotices;
  readonly turns: Turns;
  /** Whether this node may send at this very moment. */
  readonly maySend: () => boolean;
}

/** What a courier works with once it knows where to go on. */
interface Work {
  readonly endpoint: Endpoint;
  readonly log: DeliveryLog;
  readonly scan: NoticeScan;
  readonly lanes: Lanes;
}

/**
 * Tells one webhook what it wants to be told: in order for each model, several models side by side. It goes by what is
 * on record alone, so that whoever takes over goes on as it would have done.
 *
 * The scan goes through the notices and opens a lane for each model that it meets; what else it meets of a model with a
 * lane is found again by the lane.
 */
export class Courier {
  readonly #round: Round;
  readonly #tasks = new Set<Promise<void>>();
  #work: Work | undefined;
  #cursor: Position = 0;
  #looked = 0;
  #passed: Position = 0;
  #failure: unknown;

  constructor(
    private readonly parts: DispatchingParts,
    private readonly shared: Shared,
    private readonly webhook: WebhookView,
    terms: string,
  ) {
    this.#round = new Round(webhook.id, terms);
  }

  /** What it has not come to yet is after this; undefined while it is getting ready. */
  get position(): Position | undefined {
    const recent = this.shared.recent.since(this.#cursor);
    return this.#work?.lanes.through(recent?.notices.length === 0 ? recent.reached : this.#cursor);
  }

  get isCircuitOpen(): boolean {
    return this.#work?.endpoint.isOpen === true;
  }

  /** The webhook was changed, or something of it is to be delivered once more. */
  changed(): void {
    this.#round.wishes.ring();
  }

  /** Begins nothing more. What is under way is finished and put on record. */
  stop(): void {
    this.#round.stop();
  }

  /** Ends at once: what is under way is not waited for, and whoever goes on sends it again. */
  cut(): void {
    this.#round.cut();
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
      const work = await this.#prepare();
      this.#work = work;
      this.#track(this.#goThroughNotices(work));
      this.#track(this.#goThroughOpen(work));
    } catch (error) {
      this.#fail(error);
    }
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    this.stop();
    leave();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Reads where it is to go on, once this node has read everything that was put on record for this webhook. */
  async #prepare(): Promise<Work> {
    const { store, subscribers, deliveries, timing, rules } = this.parts;
    const { slots, recent, maySend } = this.shared;
    const { stopped, cutOff, room, webhookId } = this.#round;
    const end = await DeliveryLog.endOf(store, webhookId);
    await subscribers.movedPast(end.position - 1, stopped);
    const progress = deliveries.progress(webhookId);
    if (progress === undefined) throw new Error(`Nothing is known of webhook ${webhookId}`);
    this.#cursor = progress.through;
    const circuit = { failures: progress.failuresInRow, openUntil: progress.circuitOpenUntil };
    const endpoint = new Endpoint(circuit, rules, timing, slots, () => room.ring(), stopped);
    const log = new DeliveryLog(store, webhookId, end.revision, timing, cutOff);
    const telling = new Telling(this.parts, this.#round, endpoint, log, maySend);
    const scan = new NoticeScan(this.parts, this.webhook, recent);
    const lanes = new Lanes(
      this.parts,
      this.#round,
      endpoint,
      telling,
      scan,
      () => this.#cursor,
      (task) => this.#track(task),
    );
    return { endpoint, log, scan, lanes };
  }

  async #goThroughNotices({ scan, lanes, log }: Work): Promise<void> {
    const { stopped } = this.#round;
    const { recent, turns } = this.shared;
    while (!stopped.aborted) {
      if (scan.isBehind(this.#cursor)) await turns.next();
      const { rings } = recent;
      const { notices, reached, looked } = scan.after(this.#cursor);
      const hasMoved = reached > this.#cursor;
      for (const notice of notices) {
        this.#cursor = notice.position - 1;
        await lanes.take(notice);
        if (stopped.aborted) return;
      }
      this.#cursor = reached;
      this.#looked += looked;
      if (this.#looked >= passedAtOnce) await this.#recordPassed(lanes, log);
      if (hasMoved) await nextTurn();
      else await recent.after(rings, stopped);
    }
  }

  /** Sees to models with something open: retries and redeliveries. */
  async #goThroughOpen({ lanes }: Work): Promise<void> {
    const { stopped, wishes } = this.#round;
    while (!stopped.aborted) {
      const { rings } = wishes;
      for (let after = ''; !stopped.aborted;) {
        const models = this.parts.deliveries.openModels(this.webhook.id, { after, limit: modelsAtOnce });
        for (const model of models) await lanes.resume(model);
        await nextTurn();
        const last = models.at(-1);
        if (last === undefined) break;
        after = last;
      }
      await wishes.after(rings, stopped);
    }
  }

  async #recordPassed(lanes: Lanes, log: DeliveryLog): Promise<void> {
    this.#looked = 0;
    const through = lanes.through(this.#cursor);
    if (through <= this.#passed) return;
    this.#passed = through;
    await log.record([{ type: 'DeliveriesPassed', data: { through }, at: this.parts.timing.now() }], null);
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
