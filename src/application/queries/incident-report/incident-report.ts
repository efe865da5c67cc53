import type { AuditEntry } from '../history/audit-entry.js';
import type { Difference } from '../history/difference.js';
import type { Moment, PositionWindow } from '../history/moments.js';
import type { NameHeld, Occupancy, PastModel, PastVersion } from '../history/past-views.js';

/** What the report is about. Times are milliseconds since the epoch. */
export interface Scope {
  readonly model: PastModel;
  /** Every name that the model had by the end of the window. */
  readonly names: readonly NameHeld[];
  /** Inclusive; undefined: from the beginning of the log. */
  readonly from: number | undefined;
  /** Exclusive; undefined: to the end of the log. */
  readonly to: number | undefined;
  /** The part of the log that the window is. */
  readonly log: PositionWindow;
  /** The newest event of the log by the end of the window: the report is as of then. */
  readonly asOf: Moment;
}

/** A version as it was when it counted. */
export interface VersionThen {
  readonly version: PastVersion;
  /** As of which position. */
  readonly asOf: number;
  /** When it held Production, if it did. */
  readonly inProduction: Occupancy | undefined;
}

/** What an incident of a model was, as far as the log knows. A function of the log up to the end of the window. */
export interface IncidentReport {
  readonly scope: Scope;
  /** Who was in Staging and Production in the window, by when it began. */
  readonly live: readonly Occupancy[];
  /** Everything that happened to the model in the window, oldest first; housekeeping and refusals left out. */
  readonly timeline: readonly AuditEntry[];
  /** Everybody who did something to it in the window, by id, and how much. */
  readonly actors: readonly { readonly actor: AuditEntry['actor']; readonly entries: number }[];
  /** The newest version that the window brought to Production for the first time, else what was there at its end. */
  readonly suspect: VersionThen | undefined;
  /** What was in Production before the suspect. */
  readonly lastGood: VersionThen | undefined;
  /** From the last good version to the suspect. */
  readonly difference: Difference | undefined;
  readonly exceptions: {
    /** What was refused in the window. */
    readonly refused: readonly AuditEntry[];
    /** What was changed in the window about versions that had reached Production. */
    readonly editsAfterProduction: readonly AuditEntry[];
  };
}
