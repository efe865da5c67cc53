import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Redelivered } from '../../domain/webhook/events.js';
import { forever, stateNumber } from './deliveries.schema.js';

/** Keeps the steps that many deliveries of a webhook take at once, because somebody wants it so. */
export class StepsOfMany {
  readonly #one: StatementSync;
  readonly #range: StatementSync;
  readonly #failed: StatementSync;
  readonly #given: StatementSync;
  readonly #end: StatementSync;
  readonly #open: StatementSync;
  readonly #close: StatementSync;

  constructor(db: DatabaseSync) {
    const opened = (which: string) =>
      db.prepare(`
        INSERT INTO delivery_steps (
          position, delivery, webhook, notice_position, state, attempts, on_schedule, redelivery, next_at,
          at, status, error)
        SELECT ?2, delivery, webhook, notice_position, ${stateNumber('open')}, attempts, 0, ?3, ?4,
          at, status, error
        FROM delivery_steps WHERE webhook = ?1 AND ended = ${forever} AND ${which}`);
    this.#one = opened('delivery = (SELECT id FROM deliveries WHERE notice = ?5 AND webhook = ?1)');
    this.#range = opened('notice_position BETWEEN ?5 AND ?6');
    this.#failed = opened(`state = ${stateNumber('parked')} AND at >= ?5`);
    this.#given = db.prepare(`
      INSERT INTO delivery_steps (
        position, delivery, webhook, notice_position, state, attempts, on_schedule, redelivery, at, status, error)
      SELECT ?2, step.delivery, step.webhook, notice_position, ${stateNumber('parked')}, attempts, on_schedule,
        redelivery, at, status, error
      FROM deliveries_open AS open
      JOIN delivery_steps AS step ON step.delivery = open.delivery AND step.ended = ${forever}
      WHERE open.webhook = ?1 AND open.position <= ?3`);
    this.#end = db.prepare(`
      UPDATE delivery_steps SET ended = ?1
      WHERE ended = ${forever} AND position < ?1
        AND delivery IN (SELECT delivery FROM delivery_steps WHERE position = ?1)`);
    this.#open = db.prepare(`
      INSERT OR IGNORE INTO deliveries_open
      SELECT deliveries.webhook, model, deliveries.position, deliveries.id
      FROM delivery_steps AS step JOIN deliveries ON deliveries.id = step.delivery WHERE step.position = ?`);
    this.#close = db.prepare('DELETE FROM deliveries_open WHERE webhook = ? AND position <= ?');
  }

  /** Opens what is to be delivered once more; it is due at once, and the schedule begins anew. */
  redeliver(
    webhook: number,
    wish: { readonly position: Position; readonly eventId: string; readonly at: number },
    which: Redelivered,
  ): void {
    const { position, eventId, at } = wish;
    const open = (statement: StatementSync, ...values: readonly SQLInputValue[]) =>
      statement.run(webhook, position, eventId, at, ...values);
    if ('noticeId' in which) open(this.#one, which.noticeId);
    else if ('from' in which) open(this.#range, which.from, which.to);
    else open(this.#failed, Date.parse(which.failedSince));
    this.#end.run(position);
    this.#open.run(position);
  }

  /** A webhook goes on after a later place: what was open up to there is not tried again by itself. */
  giveUp(webhook: number, position: Position, after: Position): void {
    this.#given.run(webhook, position, after);
    this.#end.run(position);
    this.#close.run(webhook, after);
  }
}
