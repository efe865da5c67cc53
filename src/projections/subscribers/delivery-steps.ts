import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { DeliveredNotice, DeliveryEvent } from '../../domain/delivery/events.js';
import { forever, stateNumber } from './deliveries.schema.js';
import type { State } from './deliveries.schema.js';

type Attempt = Extract<DeliveryEvent, { type: 'DeliveryAttempted' }>['data'];

interface Step {
  readonly state: number;
  readonly attempts: number;
  readonly redelivery: string | null;
  readonly next_at: number | null;
}

const stateAfter: Readonly<Record<Attempt['outcome'], State>> = {
  delivered: 'delivered',
  failed: 'open',
  parked: 'parked',
};

/** Keeps the steps that deliveries take by being attempted. */
export class DeliverySteps {
  readonly #delivery: StatementSync;
  readonly #newDelivery: StatementSync;
  readonly #last: StatementSync;
  readonly #end: StatementSync;
  readonly #add: StatementSync;
  readonly #open: StatementSync;
  readonly #close: StatementSync;
  readonly #count: StatementSync;

  constructor(db: DatabaseSync) {
    this.#delivery = db.prepare('SELECT id FROM deliveries WHERE notice = ? AND webhook = ?');
    this.#newDelivery = db.prepare(`
      INSERT INTO deliveries (notice, webhook, type, position, model, model_name, version)
      VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`);
    this.#last = db.prepare(`
      SELECT state, attempts, redelivery, next_at FROM delivery_steps
      WHERE delivery = ? ORDER BY position DESC LIMIT 1`);
    this.#end = db.prepare(`UPDATE delivery_steps SET ended = ? WHERE delivery = ? AND ended = ${forever}`);
    this.#add = db.prepare(`
      INSERT INTO delivery_steps (
        position, delivery, webhook, notice_position, state, attempts, on_schedule, redelivery, next_at,
        at, status, error, outcome, attempt, attempt_redelivery, milliseconds, excerpt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#open = db.prepare('INSERT OR IGNORE INTO deliveries_open VALUES (?, ?, ?, ?)');
    this.#close = db.prepare(
      'DELETE FROM deliveries_open WHERE webhook = ? AND model = ? AND position = ? AND delivery = ?',
    );
    this.#count = db.prepare(
      'UPDATE deliveries_webhooks SET open = open + ?, parked = parked + ? WHERE id = ?',
    );
  }

  /**
   * An attempt that was under way when somebody asked for a redelivery does not fulfil that wish: the delivery stays
   * open, and begins anew.
   */
  attempted(webhook: number, position: Position, attempt: Attempt, at: number): void {
    const { notice } = attempt;
    const delivery = this.#idOf(webhook, notice);
    const before = this.#last.get(delivery) as Step | undefined;
    const isOutdated = before !== undefined && before.redelivery !== attempt.redelivery;
    const next = attempt.nextAttemptAt === null ? null : Date.parse(attempt.nextAttemptAt);
    const state = stateNumber(isOutdated ? 'open' : stateAfter[attempt.outcome]);
    this.#end.run(position, delivery);
    this.#add.run(
      position,
      delivery,
      webhook,
      notice.position,
      state,
      (before?.attempts ?? 0) + 1,
      isOutdated ? 0 : attempt.attempt,
      isOutdated ? before.redelivery : attempt.redelivery,
      isOutdated ? before.next_at : next,
      at,
      attempt.status,
      attempt.error,
      attempt.outcome,
      attempt.attempt,
      attempt.redelivery,
      attempt.milliseconds,
      attempt.excerpt,
    );
    const ended = state === stateNumber('open') ? this.#open : this.#close;
    ended.run(webhook, notice.modelId, notice.position, delivery);
    const change = (of: State) =>
      Number(state === stateNumber(of)) - Number(before?.state === stateNumber(of));
    this.#count.run(change('open'), change('parked'), webhook);
  }

  #idOf(webhook: number, notice: DeliveredNotice): number {
    const { id, type, position, modelId, model, version } = notice;
    const known = this.#delivery.get(id, webhook);
    const row = known ?? this.#newDelivery.get(id, webhook, type, position, modelId, model, version);
    return Number(row?.['id']);
  }
}
