import type { Position } from '../../ports/event-store.js';
import type { PositionWindow } from '../history/moments.js';
import type { PastReader } from '../history/past-reader.js';
import type { ModelReference, Occupancy } from '../history/past-views.js';
import { everything } from '../everything.js';
import type { IncidentReport, VersionThen } from './incident-report.js';

/**
 * The occupancy of Production that an incident is most likely about: the newest in the window of a version that had not
 * been there before, because what returns is a rollback. Without one, the newest in the window.
 *
 * @param production who was in Production in the window, by when it began
 */
export function suspectedIn(
  past: PastReader,
  model: ModelReference,
  production: readonly Occupancy[],
  window: PositionWindow,
): Occupancy | undefined {
  const isNew = ({ version, opened }: Occupancy) =>
    opened.position > window.after && isFirst(past, model, version, opened.position);
  return production.findLast(isNew) ?? production.at(-1);
}

/** The suspect as it was when it reached Production, and what was there before it as it was there last. */
export function versionsOf(
  past: PastReader,
  model: ModelReference,
  suspected: Occupancy | undefined,
  { upTo }: PositionWindow,
): Pick<IncidentReport, 'suspect' | 'lastGood'> {
  if (suspected === undefined) return { suspect: undefined, lastGood: undefined };
  const { position } = suspected.opened;
  const good = before(past, model, suspected);
  return {
    suspect: versionThen(past, model, suspected.version, Math.min(position, upTo), suspected),
    lastGood: good && versionThen(past, model, good.version, lastMoment(good, position), good),
  };
}

/** The last position at which a version held Production before another came. */
function lastMoment({ closed }: Occupancy, position: Position): Position {
  return Math.min(closed?.position ?? position, position) - 1;
}

/** Who was in Production right before, or was there last. */
function before(past: PastReader, model: ModelReference, suspected: Occupancy): Occupancy | undefined {
  const then = suspected.opened.position - 1;
  const present = everything((page) => past.stages(then, { ...page, model, stages: ['Production'] }));
  const newest = [...present]
    .filter(({ version }) => version !== suspected.version)
    .sort((a, b) => b.opened.position - a.opened.position)
    .at(0);
  return newest ?? past.formerOccupants(model, 'Production', then, 10)?.find(isOther(suspected));
}

function isOther({ version }: Occupancy): (other: Occupancy) => boolean {
  return (other) => other.version !== version;
}

/** Whether a version had not been in Production before a position. */
function isFirst(past: PastReader, model: ModelReference, version: number, position: Position): boolean {
  const moves = everything(
    (page) => past.transitions(model, version, position - 1, { ...page, to: 'Production' }) ?? { items: [] },
  );
  return moves.length === 0;
}

function versionThen(
  past: PastReader,
  model: ModelReference,
  version: number,
  asOf: Position,
  inProduction: Occupancy,
): VersionThen | undefined {
  const found = past.version(model, version, asOf);
  return found && { version: found, asOf, inProduction };
}
