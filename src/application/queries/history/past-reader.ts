import type { Position } from '../../ports/event-store.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import type { Page, PageEnd } from '../search-criteria.js';
import type { PositionWindow } from './moments.js';
import type {
  ModelReference,
  NameHeld,
  Occupancy,
  PastModel,
  PastVersion,
  Transition,
} from './past-views.js';

/**
 * One page. `after` is the {@link Page.end} of the page before. A page may hold fewer items than `limit`, even none,
 * and yet have an end from which to go on: no page costs more than a bounded search. Nothing follows a page without an
 * end.
 */
export interface PageOf {
  /** At least 1. */
  readonly limit: number;
  readonly after?: PageEnd;
}

/**
 * The registry as it was when every event up to the position `asOf` had been recorded, and none after it. `asOf` may be
 * any whole number; what lies past the end of the log is the newest state.
 *
 * A name means the model that held it then. A model that was deleted then is found by its id only, see
 * {@link PastReader.namesHeld}.
 */
export abstract class PastReader {
  /** Undefined when no model had that name then, or when there was no model of that id yet. */
  abstract model(model: ModelReference, asOf: Position): PastModel | undefined;

  /** Undefined when there was no such model or version then. Deleted ones are found, in a model that is. */
  abstract version(model: ModelReference, version: number, asOf: Position): PastVersion | undefined;

  /** The models that were not deleted, by name in byte order; `prefix` is how their names begin. */
  abstract models(asOf: Position, page: PageOf & { readonly prefix?: string }): Page<PastModel>;

  /** The versions of a model that were not deleted, or with these, too, by number. Undefined: no such model then. */
  abstract versions(
    model: ModelReference,
    asOf: Position,
    page: PageOf & { readonly deleted?: 'included' },
  ): Page<PastVersion> | undefined;

  /**
   * Who held which stage, by name of the model in byte order and then by version: of all models or of one, in all
   * stages or in these. An unknown model has none.
   */
  abstract stages(
    asOf: Position,
    page: PageOf & { readonly model?: ModelReference; readonly stages?: readonly Stage[] },
  ): Page<Occupancy>;

  /**
   * Who held a stage of a model at any time in a window, or one version all its stages, by when it began. As of the end
   * of the window: what ended later has not ended. Undefined: no such model then.
   */
  abstract occupancy(
    model: ModelReference,
    what: { readonly stage?: Stage; readonly version?: number; readonly window: PositionWindow },
    page: PageOf,
  ): Page<Occupancy> | undefined;

  /** Every move of a version up to `asOf`, oldest first; only those to one stage if it is given. */
  abstract transitions(
    model: ModelReference,
    version: number,
    asOf: Position,
    page: PageOf & { readonly to?: Stage },
  ): Page<Transition> | undefined;

  /**
   * Who held a stage of a model before those who held it as of then, the last to leave first. Each version once, with its
   * last occupancy, and `live` if it was not deleted since. Where a rollback goes is for its plan to say: it may be one
   * who is there still.
   */
  abstract formerOccupants(
    model: ModelReference,
    stage: Stage,
    asOf: Position,
    limit: number,
  ): readonly (Occupancy & { readonly live: boolean })[] | undefined;

  /** Every model that had a name, or every name that a model had, up to `asOf`: deleted ones too, oldest first. */
  abstract namesHeld(model: ModelReference, asOf: Position): readonly NameHeld[];
}
