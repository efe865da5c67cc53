import type { Filtered } from '../../domain/notices/notice-filter.js';
import type { NoticeType } from '../../domain/notices/notice-type.js';
import type { ActiveStage } from '../../domain/registered-model/stage.js';
import type { Position } from '../ports/event-store.js';
import type { AuditEntry } from '../queries/history/audit-entry.js';

/** The versions in each active stage, by number. */
export type StageOccupants = Readonly<Record<ActiveStage, readonly number[]>>;

/** What subscribers are told of one event: the same, whichever way they are told. */
export interface Notice extends Filtered {
  /**
   * The event's id; of a change of Production, `<event id>.production`. It stays the same however often it is told, so
   * that subscribers know a repetition.
   */
  readonly id: string;
  readonly type: NoticeType;
  /** Of the event. At one position there may be two notices: that of the event first, then the derived one. */
  readonly position: Position;
  readonly modelId: string;
  readonly version: number | null;
  /** The event as the audit trail has it: actor, times, what was before and after, comment, correlation. */
  readonly entry: AuditEntry;
  /** Who is in which active stage right after the event, so that a late notice can be judged stale. */
  readonly occupants: StageOccupants;
  /** Of a change of Production only: the versions that came and went. */
  readonly production: { readonly entered: readonly number[]; readonly left: readonly number[] } | null;
}
