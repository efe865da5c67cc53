import type { AttemptView, DeliveryView } from '../../application/queries/subscribers/subscriber-views.js';
import type { DeliveredNotice } from '../../domain/delivery/events.js';
import type { NoticeType } from '../../domain/notices/notice-type.js';
import { raw } from '../sql.js';
import type { Row } from '../statements.js';
import { states } from './deliveries.schema.js';

const noticeColumns =
  'notice.notice, notice.type, notice.position, notice.model, notice.model_name, notice.version';

/** What a {@link DeliveryView} is made of; its id comes first, and the position of its notice is the fourth. */
export const deliveryColumns = raw(`
  SELECT notice.id, ${noticeColumns}, step.state, step.attempts, step.on_schedule, step.redelivery, step.next_at,
    step.at, step.status, step.error
  FROM delivery_steps AS step JOIN deliveries AS notice ON notice.id = step.delivery`);

/** What an {@link AttemptView} is made of. */
export const attemptColumns = raw(`
  SELECT webhook.uuid, ${noticeColumns}, step.position, step.attempt, step.attempt_redelivery, step.outcome, step.at,
    step.status, step.error, step.milliseconds, step.excerpt
  FROM delivery_steps AS step
  JOIN deliveries AS notice ON notice.id = step.delivery
  JOIN deliveries_webhooks AS webhook ON webhook.id = step.webhook`);

type NoticeFields = [
  id: string,
  type: NoticeType,
  position: number,
  modelId: string,
  model: string,
  version: number | null,
];

function noticeOf([id, type, position, modelId, model, version]: NoticeFields): DeliveredNotice {
  return { id, type, position, modelId, model, version };
}

export function deliveryView(webhookId: string, row: Row): DeliveryView {
  const [
    state,
    attempts,
    attemptsOnSchedule,
    redelivery,
    nextAttemptAt,
    lastAttemptAt,
    lastStatus,
    lastError,
  ] = row.slice(7) as unknown as [
    number,
    number,
    number,
    string | null,
    number | null,
    number | null,
    number | null,
    string | null,
  ];
  return {
    webhookId,
    notice: noticeOf(row.slice(1, 7) as unknown as NoticeFields),
    state: states[state] ?? 'open',
    attempts,
    attemptsOnSchedule,
    redelivery,
    nextAttemptAt,
    lastAttemptAt,
    lastStatus,
    lastError,
  };
}

export function attemptView(row: Row): AttemptView {
  const [position, attempt, redelivery, outcome, at, status, error, milliseconds, excerpt] = row.slice(
    7,
  ) as unknown as [
    number,
    number,
    string | null,
    AttemptView['outcome'],
    number,
    number | null,
    string | null,
    number,
    string | null,
  ];
  return {
    webhookId: String(row[0]),
    notice: noticeOf(row.slice(1, 7) as unknown as NoticeFields),
    position,
    attempt,
    redelivery,
    outcome,
    at,
    status,
    error,
    milliseconds,
    excerpt,
  };
}
