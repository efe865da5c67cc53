import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { PageOf } from '../../application/queries/history/past-reader.js';
import type { Page } from '../../application/queries/search-criteria.js';
import { DeliveriesReader } from '../../application/queries/subscribers/deliveries-reader.js';
import type {
  AttemptView,
  DeliveryProgress,
  DeliveryView,
} from '../../application/queries/subscribers/subscriber-views.js';
import type { Redelivered } from '../../domain/webhook/events.js';
import { allOf, list, raw, sql } from '../sql.js';
import type { Sql } from '../sql.js';
import { Query, Statements } from '../statements.js';
import { forever, stateNumber } from './deliveries.schema.js';
import type { State } from './deliveries.schema.js';
import { attemptColumns, attemptView, deliveryColumns, deliveryView } from './delivery-views.js';

/** Reads what webhooks were told from the tables of subscribers. */
export class SqliteDeliveriesReader extends DeliveriesReader {
  readonly #statements: Statements;
  readonly #progress: Query;
  readonly #openModels: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#statements = new Statements(db);
    this.#progress = new Query(
      db,
      `SELECT id, begun, through, open, parked, circuit_until, failures, delivered_at, failed_at
       FROM deliveries_webhooks WHERE uuid = ?`,
    );
    this.#openModels = new Query(
      db,
      'SELECT DISTINCT model FROM deliveries_open WHERE webhook = ? AND model > ? ORDER BY model LIMIT ?',
    );
  }

  override progress(webhookId: string): DeliveryProgress | undefined {
    const row = this.#progress.first(webhookId);
    if (row === undefined) return undefined;
    const [, begun, through, open, parked, circuitOpenUntil, failuresInRow, lastDeliveredAt, lastFailedAt] =
      row as unknown as [
        id: number,
        ...numbers: [number, number, number, number, number, number, number, number],
      ];
    return {
      begun,
      through,
      open,
      parked,
      circuitOpenUntil,
      failuresInRow,
      lastDeliveredAt,
      lastFailedAt,
    };
  }

  override deliveries(
    webhookId: string,
    { state, asOf = forever }: { readonly state?: State; readonly asOf?: Position },
    { limit, after }: PageOf,
  ): Page<DeliveryView> {
    const id = this.#idOf(webhookId);
    if (id === undefined) return { items: [] };
    const conditions = [
      sql`step.webhook = ${id}`,
      asOf >= forever
        ? sql`step.ended = ${raw(String(forever))}`
        : sql`step.notice_position <= ${asOf} AND step.position <= ${asOf} AND step.ended > ${asOf}`,
      ...(state === undefined ? [] : [sql`step.state = ${stateNumber(state)}`]),
      ...(after
        ? [sql`(step.notice_position, step.delivery) < (${Number(after[0])}, ${Number(after[1])})`]
        : []),
    ];
    const rows = this.#statements.all(
      sql`${deliveryColumns} WHERE ${allOf(conditions)}
        ORDER BY step.notice_position DESC, step.delivery DESC LIMIT ${limit + 1}`,
    );
    const items = rows.slice(0, limit).map((row) => deliveryView(webhookId, row));
    const last = rows[limit - 1];
    if (rows.length <= limit || last === undefined) return { items };
    return { items, end: [Number(last[3]), Number(last[0])] };
  }

  override delivery(webhookId: string, noticeId: string): DeliveryView | undefined {
    const id = this.#idOf(webhookId);
    const row = this.#statements.first(
      sql`${deliveryColumns}
        WHERE notice.notice = ${noticeId} AND notice.webhook = ${id ?? 0} ORDER BY step.position DESC LIMIT 1`,
    );
    return row && deliveryView(webhookId, row);
  }

  override attempts(
    webhookId: string,
    { noticeId, asOf = forever }: { readonly noticeId?: string; readonly asOf?: Position },
    { limit, after }: PageOf,
  ): Page<AttemptView> {
    const id = this.#idOf(webhookId);
    if (id === undefined) return { items: [] };
    const conditions = [
      sql`step.webhook = ${id} AND step.outcome IS NOT NULL`,
      sql`step.position < ${Math.min(asOf + 1, after ? Number(after[0]) : forever)}`,
      ...(noticeId === undefined
        ? []
        : [sql`step.delivery = (SELECT id FROM deliveries WHERE notice = ${noticeId} AND webhook = ${id})`]),
    ];
    const items = this.#attempts(allOf(conditions), sql`step.position DESC LIMIT ${limit + 1}`);
    const page = items.slice(0, limit);
    const end = page.at(-1);
    return items.length > limit && end !== undefined ? { items: page, end: [end.position] } : { items: page };
  }

  override toldOf(noticeIds: readonly string[], asOf: Position): readonly AttemptView[] {
    if (noticeIds.length === 0) return [];
    const ids = list(noticeIds.map((id) => sql`${id}`));
    const isAttempt = sql`step.outcome IS NOT NULL AND step.position <= ${asOf}`;
    return this.#attempts(sql`notice.notice IN (${ids}) AND ${isAttempt}`, raw('step.position, step.id'));
  }

  override count(webhookId: string, which: Redelivered): number {
    const id = this.#idOf(webhookId) ?? 0;
    const [count] = this.#statements.first(
      sql`SELECT count(*) FROM delivery_steps AS step
        WHERE step.webhook = ${id} AND step.ended = ${raw(String(forever))} AND ${among(which)}`,
    ) ?? [0];
    return Number(count);
  }

  override open(
    webhookId: string,
    { modelId, limit }: { readonly modelId?: string; readonly limit: number },
  ): readonly DeliveryView[] {
    const id = this.#idOf(webhookId);
    const ofModel = modelId === undefined ? raw('1') : sql`open.model = ${modelId}`;
    const rows = this.#statements.all(
      sql`${deliveryColumns} JOIN deliveries_open AS open ON open.delivery = step.delivery
        WHERE open.webhook = ${id ?? 0} AND ${ofModel} AND step.ended = ${raw(String(forever))}
        ORDER BY open.position, open.delivery LIMIT ${limit}`,
    );
    return rows.map((row) => deliveryView(webhookId, row));
  }

  override openModels(
    webhookId: string,
    { after, limit }: { readonly after: string; readonly limit: number },
  ): readonly string[] {
    return this.#openModels.all(this.#idOf(webhookId) ?? 0, after, limit).map(([model]) => String(model));
  }

  #attempts(condition: Sql, order: Sql): readonly AttemptView[] {
    return this.#statements.all(sql`${attemptColumns} WHERE ${condition} ORDER BY ${order}`).map(attemptView);
  }

  #idOf(webhookId: string): number | undefined {
    const row = this.#progress.first(webhookId);
    return row && Number(row[0]);
  }
}

/** The same that a redelivery opens: see StepsOfMany. */
function among(which: Redelivered): Sql {
  if ('noticeId' in which) {
    return sql`step.delivery IN (SELECT id FROM deliveries WHERE notice = ${which.noticeId})`;
  }
  if ('from' in which) return sql`step.notice_position BETWEEN ${which.from} AND ${which.to}`;
  return sql`step.state = ${stateNumber('parked')} AND step.at >= ${Date.parse(which.failedSince)}`;
}
