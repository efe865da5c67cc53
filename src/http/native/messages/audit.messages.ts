import type { AuditEntry } from '../../../application/queries/history/audit-entry.js';
import type { Deletion } from '../../../application/queries/history/audit-reader.js';
import { modelMessage, versionMessage } from './history.messages.js';
import { iso } from './iso.js';

export function entryMessage(entry: AuditEntry) {
  return {
    position: entry.position,
    eventId: entry.eventId,
    type: entry.type,
    category: entry.category,
    outcome: entry.outcome,
    text: entry.text,
    model: entry.model,
    version: entry.version,
    revision: entry.revision,
    actor: entry.actor,
    client: entry.client,
    happenedAt: iso(entry.happenedAt),
    recordedAt: iso(entry.recordedAt),
    before: entry.before,
    after: entry.after,
    comment: entry.comment,
    from: entry.from,
    to: entry.to,
    inFavourOf: entry.inFavourOf,
    archived: entry.archived,
    refusal: entry.refusal,
    ...(entry.subscriber === null ? {} : { subscriber: entry.subscriber }),
    correlationId: entry.correlationId,
    causationId: entry.causationId,
    requestId: entry.requestId,
  };
}

export function deletionMessage({ entry, before, model, version, restoredAt }: Deletion) {
  return {
    entry: entryMessage(entry),
    before,
    model: modelMessage(model),
    version: version ? versionMessage(version) : null,
    restoredAt: restoredAt ?? null,
  };
}
