import type { DatabaseSync } from 'node:sqlite';
import type { Notice, StageOccupants } from '../../application/notices/notice.js';
import type { Position } from '../../application/ports/event-store.js';
import type { AuditEntry } from '../../application/queries/history/audit-entry.js';
import { noticeTypeOf, productionChanged } from '../../domain/notices/notice-type.js';
import { stages } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import { ActiveOccupants } from './active-occupants.js';
import { stageNumber } from './codes.js';
import { isOfSubscriber } from '../../application/queries/history/entry-types.js';

/** Behind the id of an event: the change of Production that it brought about. */
export const productionSuffix = '.production';

type Move = Notice['moves'][number];

/** An entry of a model that there was. */
type ModelEntry = AuditEntry & { readonly model: { readonly id: string } };

const nobody: readonly number[] = [];
const unmoved: readonly Move[] = [];

/** Makes the notices of entries of the audit trail. */
export class NoticesOf {
  readonly #occupants: ActiveOccupants;
  readonly #left: Query;
  readonly #entered: Query;

  /** @param reached how far the tables are complete */
  constructor(db: DatabaseSync, reached: () => Position) {
    this.#occupants = new ActiveOccupants(db, reached);
    this.#left = new Query(db, anyAt('history_stages_by_end', 'to_position'));
    this.#entered = new Query(db, anyAt('history_stages_by_start', 'from_position'));
  }

  /**
   * Of the event, and of the change of Production if it is the one of its command that is told with it. None of what is
   * not told.
   *
   * @param model number of the model in `history_models`
   */
  entry(entry: AuditEntry, model: number): readonly Notice[] {
    const { type: event, outcome, position, version } = entry;
    const type =
      event === 'CommandRefused' || isOfSubscriber(event) || outcome !== 'done'
        ? undefined
        : noticeTypeOf(event, version);
    if (type === undefined || !isOfModel(entry)) return [];
    const occupants = this.#occupants.asOf(model, position);
    const notice: Notice = {
      id: entry.eventId,
      type,
      position,
      modelId: entry.model.id,
      modelName: entry.model.name ?? '',
      version,
      moves: this.#movesOf(entry, model),
      entry,
      occupants,
      production: null,
    };
    const production = this.#productionOf(entry, model, occupants);
    if (production === null) return [notice];
    const id = `${entry.eventId}${productionSuffix}`;
    const moves = productionMoves(entry, production);
    return [notice, { ...notice, id, type: productionChanged, moves, production }];
  }

  #movesOf(entry: ModelEntry, model: number): readonly Move[] {
    const { type, from, to, position } = entry;
    const those = (query: Query) =>
      stages.filter((stage) => query.first(model, stageNumber(stage), position) !== undefined);
    if (type === 'StageTransitioned' || type === 'VersionDeleted' || type === 'VersionRestored') {
      return [{ from, to }];
    }
    if (type === 'ModelDeleted') return those(this.#left).map((stage) => ({ from: stage, to: null }));
    if (type === 'ModelRestored') return those(this.#entered).map((stage) => ({ from: null, to: stage }));
    return unmoved;
  }

  /** Who came and went by the command whose last event this is; null when nobody did, or when it is not the last. */
  #productionOf(entry: ModelEntry, model: number, after: StageOccupants): Notice['production'] {
    const { type, from, to, version, archived, inFavourOf, position } = entry;
    let entered = nobody;
    let left = nobody;
    if (type === 'ModelDeleted') left = this.#occupants.asOf(model, position - 1).Production;
    else if (type === 'ModelRestored') entered = after.Production;
    else if (version !== null && inFavourOf === null) {
      if (to === 'Production') {
        left = archived.toSorted((a, b) => a - b);
        if (from !== to) entered = [version];
      } else if (from === 'Production') left = [version];
    }
    return entered.length + left.length === 0 ? null : { entered, left };
  }
}

/** Whether any version of a model held a stage from a position on, or up to it. */
function anyAt(index: string, column: string): string {
  return `SELECT 1 FROM history_stages INDEXED BY ${index} WHERE model = ? AND stage = ? AND ${column} = ? LIMIT 1`;
}

/** One for each version that came or went. */
function productionMoves(
  { type, version, from, to }: ModelEntry,
  { entered, left }: NonNullable<Notice['production']>,
): readonly Move[] {
  const isMoved = type === 'StageTransitioned';
  return [
    ...left.map((one): Move => ({
      from: 'Production',
      to: isMoved ? (one === version ? to : 'Archived') : null,
    })),
    ...entered.map((): Move => ({ from: isMoved ? from : null, to: 'Production' })),
  ];
}

function isOfModel(entry: AuditEntry): entry is ModelEntry {
  return entry.model.id !== null;
}
