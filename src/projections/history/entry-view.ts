import type { Actor } from '../../application/history/event-metadata.js';
import type { JsonObject } from '../../application/ports/event-store.js';
import type { AuditEntry, Category } from '../../application/queries/history/audit-entry.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import type { Row } from '../statements.js';
import { outcomeOf, stageOf, typeOf } from './codes.js';
import type { EntryDetails } from './entry-rows.js';
import { entryText } from './entry-text.js';
import { flags } from './history.schema.js';

/** What {@link entryView} reads, in its order. */
export const entryColumns = `
  e.position, e.event_id, e.type, e.flags, e.outcome, m.uuid, e.name, e.version, e.revision,
  a.type, a.actor, a.authentication, c.address, c.user_agent,
  e.happened_at, e.recorded_at, e.before, e.after, e.comment, e.from_stage, e.to_stage,
  e.details, e.correlation, e.causation, e.request`;

/** The tables of {@link entryColumns}, to be put behind `history_entries AS e`. */
export const entryJoins = `
  CROSS JOIN history_actors AS a ON a.id = e.actor
  CROSS JOIN history_clients AS c ON c.id = e.client
  LEFT JOIN history_models AS m ON m.id = e.model`;

const none: readonly number[] = [];

type Columns = readonly [
  position: number,
  eventId: string,
  type: number,
  marks: number,
  outcome: number,
  modelId: string | null,
  name: string | null,
  version: number | null,
  revision: number,
  actorType: Actor['type'],
  actor: string,
  authentication: Actor['authentication'],
  address: string,
  userAgent: string | null,
  happenedAt: number,
  recordedAt: number,
  before: string | null,
  after: string | null,
  comment: string | null,
  from: number | null,
  to: number | null,
  details: string | null,
  correlationId: string,
  causationId: string,
  requestId: string | null,
];

export function entryView(row: Row): AuditEntry {
  const columns = row as unknown as Columns;
  const [position, eventId, type, marks, outcome, id, name, version, revision] = columns;
  const [, , , , , , , , , actorType, actor, authentication, address, userAgent, happenedAt, recordedAt] =
    columns;
  const from = stageOrNull(columns[19]);
  const to = stageOrNull(columns[20]);
  const details = columns[21] === null ? undefined : (JSON.parse(columns[21]) as EntryDetails);
  const untold = {
    position,
    eventId,
    type: typeOf(type),
    category: categoryOf(marks),
    outcome: outcomeOf(outcome),
    model: { id, name },
    version,
    subscriber: details?.subscriber ?? null,
    revision,
    actor: { type: actorType, id: actor, authentication },
    client: { address, userAgent },
    happenedAt,
    recordedAt,
    before: stageValue(from) ?? json(columns[16]),
    after: stageValue(to) ?? json(columns[17]),
    comment: columns[18],
    from,
    to,
    inFavourOf: details?.inFavourOf ?? null,
    archived: details?.archived ?? none,
    refusal: details?.refusal ?? null,
    correlationId: columns[22],
    causationId: columns[23],
    requestId: columns[24] ?? columns[22],
  };
  return { ...untold, text: entryText(untold) };
}

function categoryOf(marks: number): Category {
  if (marks & flags.housekeeping) return 'housekeeping';
  return marks & flags.ofSubscriber ? 'control-plane' : 'registry';
}

function stageOrNull(stage: number | null): Stage | null {
  return stage === null ? null : stageOf(stage);
}

function stageValue(stage: Stage | null): JsonObject | null {
  return stage === null ? null : { stage };
}

function json(text: string | null): JsonObject | null {
  return text === null ? null : (JSON.parse(text) as JsonObject);
}
