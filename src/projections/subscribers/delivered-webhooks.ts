import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { DeliveryEvent } from '../../domain/delivery/events.js';
import { forever, stateNumber } from './deliveries.schema.js';

type Attempt = Extract<DeliveryEvent, { type: 'DeliveryAttempted' }>['data'];

/** Keeps how far each webhook has been told, see `deliveries_webhooks`. */
export class DeliveredWebhooks {
  readonly #id: StatementSync;
  readonly #create: StatementSync;
  readonly #resume: StatementSync;
  readonly #pass: StatementSync;
  readonly #openCircuit: StatementSync;
  readonly #closeCircuit: StatementSync;
  readonly #succeed: StatementSync;
  readonly #fail: StatementSync;
  readonly #count: StatementSync;

  constructor(db: DatabaseSync) {
    const prepare = (what: string) => db.prepare(`UPDATE deliveries_webhooks SET ${what} WHERE id = ?`);
    this.#id = db.prepare('SELECT id FROM deliveries_webhooks WHERE uuid = ?');
    this.#create = db.prepare('INSERT INTO deliveries_webhooks (uuid, begun, through) VALUES (?, ?, ?)');
    this.#resume = prepare('begun = ?, through = coalesce(?, through), circuit_until = NULL, failures = 0');
    this.#pass = prepare('through = ?');
    this.#openCircuit = prepare('circuit_until = ?, failures = ?');
    this.#closeCircuit = prepare('circuit_until = NULL, failures = 0');
    this.#succeed = prepare(
      'through = ?, delivered_at = ?, failures = iif(circuit_until IS NULL, 0, failures)',
    );
    this.#fail = prepare('through = ?, failed_at = ?, failures = failures + (circuit_until IS NULL)');
    this.#count = db.prepare(`
      UPDATE deliveries_webhooks SET
        open = (SELECT count(*) FROM deliveries_open WHERE webhook = ?1),
        parked = (
          SELECT count(*) FROM delivery_steps
          WHERE webhook = ?1 AND ended = ${forever} AND state = ${stateNumber('parked')})
      WHERE id = ?1`);
  }

  /** The number that stands for a webhook. */
  idOf(uuid: string): number {
    const row = this.#id.get(uuid);
    if (row === undefined) throw new Error(`Webhook ${uuid} was told something before it was created`);
    return Number(row['id']);
  }

  created(uuid: string, position: Position, after: Position): void {
    this.#create.run(uuid, position, after);
  }

  /** Whoever resumes a webhook believes that its endpoint works again, so the circuit is closed. */
  resumed(webhook: number, position: Position, after: Position | null): void {
    this.#resume.run(position, after, webhook);
    this.count(webhook);
  }

  passed(webhook: number, through: Position): void {
    this.#pass.run(through, webhook);
  }

  circuitOpened(webhook: number, until: number, failures: number): void {
    this.#openCircuit.run(until, failures, webhook);
  }

  circuitClosed(webhook: number): void {
    this.#closeCircuit.run(webhook);
  }

  attempted(webhook: number, { outcome, through }: Attempt, at: number): void {
    const ended = outcome === 'delivered' ? this.#succeed : this.#fail;
    ended.run(through, at, webhook);
  }

  /** Counts anew what is open and what is parked, after many have changed. */
  count(webhook: number): void {
    this.#count.run(webhook);
  }
}
