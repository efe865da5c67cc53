import type { AuditFilter, AuditTopic } from '../../../application/queries/history/audit-reader.js';
import type { PositionWindow } from '../../../application/queries/history/moments.js';
import type { AuditRequest } from './audit.requests.js';

type Facets = Partial<
  Pick<AuditRequest, 'subject' | 'actor' | 'type' | 'stage' | 'outcome' | 'category' | 'correlation'>
>;

/** The filter that the facets of a request come to. */
export function auditFilter(
  { subject, actor, type, stage, outcome, category, correlation }: Facets,
  window: PositionWindow,
  topic?: AuditTopic,
): AuditFilter {
  return {
    ...subject,
    ...(actor === undefined ? {} : { actor }),
    ...(type === undefined ? {} : { types: type }),
    ...(stage === undefined ? {} : { stages: [stage] }),
    ...(outcome === undefined ? {} : { outcomes: outcome }),
    ...(category === undefined ? {} : { category }),
    ...(correlation === undefined ? {} : { correlationId: correlation }),
    ...(topic === undefined ? {} : { topic }),
    window,
  };
}
