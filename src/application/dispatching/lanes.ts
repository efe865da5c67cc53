import type { Notice } from '../notices/notice.js';
import type { Position } from '../ports/event-store.js';
import type { Due } from './attempt.js';
import type { DispatchingParts } from './dispatching-parts.js';
import type { Endpoint } from './endpoint.js';
import { firstOf } from './first-of.js';
import { Lane } from './lane.js';
import type { NoticeScan } from './notice-scan.js';
import type { Round } from './round.js';
import type { Telling } from './telling.js';

/** So many models may be in the way of one webhook at once; then nothing new is begun until one of them is done. */
const maxLanes = 2_000;

/** The models that one webhook is being told of. A lane first sees to what is open of its model, also redeliveries. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #resting = 0;

  /**
   * @param cursor where the scan is
   * @param track sees to it that a task is waited for, and that its failure is known
   */
  constructor(
    private readonly parts: DispatchingParts,
    private readonly round: Round,
    private readonly endpoint: Endpoint,
    private readonly telling: Telling,
    private readonly scan: NoticeScan,
    private readonly cursor: () => Position,
    private readonly track: (task: Promise<void>) => void,
  ) {}

  /** Takes the next notice of the scan, as soon as there is room for it. Nothing is taken when it is stopped before. */
  async take(notice: Notice): Promise<void> {
    if (!this.#lanes.has(notice.modelId)) await this.#untilRoom();
    if (this.round.stopped.aborted) return;
    const lane = this.#lanes.get(notice.modelId);
    if (lane === undefined) this.#open(new Lane(notice.modelId, notice));
    else lane.passOver(notice.position);
  }

  /** Sees to what is open of a model, as soon as there is room. */
  async resume(modelId: string): Promise<void> {
    if (!this.#lanes.has(modelId)) await this.#untilRoom();
    if (!this.round.stopped.aborted && !this.#lanes.has(modelId)) this.#open(new Lane(modelId, null));
  }

  /** Everything that the webhook wants has been attempted up to here, when the scan has come to `cursor`. */
  through(cursor: Position): Position {
    let through = cursor;
    for (const { attemptedUpTo } of this.#lanes.values()) through = Math.min(through, attemptedUpTo);
    return through;
  }

  /** Lanes that wait for a retry take no room at the endpoint. */
  async #untilRoom(): Promise<void> {
    const { stopped, room } = this.round;
    const isFull = () =>
      this.#lanes.size >= maxLanes || this.#lanes.size - this.#resting >= this.endpoint.width;
    while (!stopped.aborted && isFull()) await room.after(room.rings, stopped);
  }

  #open(lane: Lane): void {
    this.#lanes.set(lane.modelId, lane);
    this.track(this.#drive(lane));
  }

  /** One notice of a model after the other, until there is none left. */
  async #drive(lane: Lane): Promise<void> {
    const { subscribers, timing, courtesy } = this.parts;
    const { stopped, wishes, room } = this.round;
    while (!stopped.aborted) {
      await subscribers.movedPast(lane.recorded - 1, stopped);
      await courtesy.turn();
      if (stopped.aborted) return;
      const { rings } = wishes;
      const { due, at } = this.#next(lane);
      if (due === null) {
        if (lane.passed === null && lane.fresh === null) break;
      } else if (at > timing.now()) await this.#rest(at, rings);
      else await this.#send(lane, due, rings);
    }
    this.#lanes.delete(lane.modelId);
    room.ring();
  }

  /** What a lane has to send next, and when; nothing if that takes more searching, or there is nothing. */
  #next(lane: Lane): { readonly due: Due | null; readonly at: number } {
    const { deliveries, notices, rules } = this.parts;
    const [open] = deliveries.open(this.round.webhookId, { modelId: lane.modelId, limit: 1 });
    if (open !== undefined) {
      lane.postponeFresh();
      const notice = notices.notice(open.notice.id);
      if (notice === undefined) throw new Error(`Notice ${open.notice.id} is not in the history`);
      const { attemptsOnSchedule, redelivery, nextAttemptAt } = open;
      return { due: { notice, attempt: attemptsOnSchedule + 1, redelivery }, at: nextAttemptAt ?? 0 };
    }
    if (lane.fresh === null) this.scan.catchUp(lane);
    const notice = lane.fresh;
    if (notice === null) return { due: null, at: 0 };
    const [wait = 0] = rules.retries;
    const at = wait === 0 ? 0 : notice.entry.recordedAt + wait;
    return { due: { notice, attempt: 1, redelivery: null }, at };
  }

  async #rest(until: number, wishes: number): Promise<void> {
    const { timing } = this.parts;
    this.#resting += 1;
    this.round.room.ring();
    await firstOf(
      this.round.stopped,
      (signal) => timing.pause(until - timing.now(), signal),
      (signal) => this.round.wishes.after(wishes, signal),
    );
    this.#resting -= 1;
  }

  async #send(lane: Lane, due: Due, wishes: number): Promise<void> {
    const through = () => {
      if (lane.fresh === due.notice) lane.fresh = null;
      return this.through(this.cursor());
    };
    lane.recorded = (await this.telling.attempt(due, wishes, through)) ?? lane.recorded;
  }
}
