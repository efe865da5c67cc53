import type { AuditEntry } from '../history/audit-entry.js';
import type { AuditFilter, AuditReader } from '../history/audit-reader.js';
import { differenceOf } from '../history/difference.js';
import type { Moments, PositionWindow } from '../history/moments.js';
import type { PastReader } from '../history/past-reader.js';
import type { ModelReference, Occupancy } from '../history/past-views.js';
import { everything } from '../everything.js';
import type { IncidentReport } from './incident-report.js';
import { suspectedIn, versionsOf } from './suspect.js';

/** Where the history is read. */
export interface Readers {
  readonly past: PastReader;
  readonly audit: AuditReader;
  readonly moments: Moments;
}

/** Which report. Times are milliseconds since the epoch. */
export interface ReportOf {
  /** Under the name that it had at the end of the window, or by id. */
  readonly model: ModelReference;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** What the log holds of that time. */
  readonly window: PositionWindow;
}

/**
 * Puts an incident report together. It asks for nothing after the end of the window, so that the same window of the same
 * log gives the same report whenever it is asked for.
 *
 * @returns undefined when there was no such model at the end of the window.
 */
export function composeReport(
  readers: Readers,
  { model: reference, from, to, window }: ReportOf,
): IncidentReport | undefined {
  const { past, audit, moments } = readers;
  const model = past.model(reference, window.upTo);
  const asOf = moments.momentAt(window.upTo);
  if (model === undefined || asOf === undefined) return undefined;

  const of = { id: model.id };
  const entries = (filter: AuditFilter): readonly AuditEntry[] =>
    everything((page) => audit.page({ model: of, window, ...filter }, { ...page, order: 'oldestFirst' }));
  const timeline = entries({ outcomes: ['done'], category: 'registry' });
  const production = occupancyIn(readers, of, 'Production', window);
  const live = [...occupancyIn(readers, of, 'Staging', window), ...production].sort(byBeginning);
  const { suspect, lastGood } = versionsOf(past, of, suspectedIn(past, of, production, window), window);

  return {
    scope: { model, names: past.namesHeld(of, window.upTo), from, to, log: window, asOf },
    live,
    timeline,
    actors: actorsOf(timeline),
    suspect,
    lastGood,
    difference: suspect && lastGood && differenceOf(lastGood.version, suspect.version),
    exceptions: {
      refused: entries({ outcomes: ['denied', 'conflict', 'invalid', 'failed'] }),
      editsAfterProduction: entries({ topic: 'editsAfterProduction' }),
    },
  };
}

function occupancyIn(
  { past }: Readers,
  model: ModelReference,
  stage: 'Staging' | 'Production',
  window: PositionWindow,
): readonly Occupancy[] {
  return everything((page) => past.occupancy(model, { stage, window }, page) ?? { items: [] });
}

function byBeginning(a: Occupancy, b: Occupancy): number {
  return a.opened.position - b.opened.position || a.version - b.version;
}

function actorsOf(entries: readonly AuditEntry[]): IncidentReport['actors'] {
  const counted = new Map<string, { actor: AuditEntry['actor']; entries: number }>();
  for (const { actor } of entries) {
    const key = JSON.stringify([actor.id, actor.type, actor.authentication]);
    const known = counted.get(key) ?? { actor, entries: 0 };
    counted.set(key, { actor, entries: known.entries + 1 });
  }
  return [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
