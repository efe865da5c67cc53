import type { Plan } from '../../../application/deciding/command-planner.js';
import type { AuditEntry } from '../../../application/queries/history/audit-entry.js';
import { etagOf } from '../etag.js';
import { entryMessage } from '../messages/audit.messages.js';
import { explained } from '../problems/explained.js';
import { problems } from '../problems/catalogue.js';

/**
 * What a write would do.
 *
 * @param since what has happened since the revision that the client expected, if that is what refuses the write
 */
export function planMessage(plan: Plan, since: readonly AuditEntry[] | undefined) {
  if (!('refusal' in plan)) {
    const { modelId, events, archived, revision } = plan;
    return {
      dryRun: true,
      events: events.map(({ type, data }) => ({ type, data })),
      archived,
      revision: revision ?? null,
      etag: revision === undefined ? null : etagOf({ modelId, revision }),
      refusal: null,
    };
  }
  const { code, message } = explained(plan.refusal) ?? { code: 'INTERNAL_ERROR', message: '' };
  const refusal = {
    code,
    status: problems[code].status,
    detail: message,
    ...(since ? { since: since.map(entryMessage) } : {}),
  };
  return { dryRun: true, events: [], archived: [], revision: null, etag: null, refusal };
}
