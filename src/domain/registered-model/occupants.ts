import { isActive } from './stage.js';
import type { ActiveStage, Stage } from './stage.js';

/**
 * The versions that were moved to each active stage, each once, in the order in which they were last moved there. What
 * has left the stage since, or was deleted, stays among them: it is what can be gone back to.
 */
export type Occupants = Readonly<Record<ActiveStage, readonly number[]>>;

export const noOccupants: Occupants = { Staging: [], Production: [] };

/** How many are remembered of a stage: far more than anybody goes back. */
const mostRemembered = 100;

/** The occupants after a version was moved to a stage, which it may have been in already. */
export function entered(occupants: Occupants, stage: Stage, version: number): Occupants {
  if (!isActive(stage)) return occupants;
  const others = occupants[stage].filter((other) => other !== version);
  return { ...occupants, [stage]: [...others, version].slice(-mostRemembered) };
}
