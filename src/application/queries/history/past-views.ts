import type { Position, Revision } from '../../ports/event-store.js';
import type { Actor } from '../../history/event-metadata.js';
import type { Tag, VersionStatus } from '../../../domain/registered-model/events.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import type { AliasView } from '../views.js';

/** A model under the name that it had at the position in question, or under the id that it always has. */
export type ModelReference = { readonly name: string } | { readonly id: string };

/** A registered model as it was. Times are milliseconds since the epoch, when things happened. */
export interface PastModel {
  readonly id: string;
  /** A deleted model has the name that it had at last. */
  readonly name: string;
  readonly description: string;
  /** By key, in byte order. */
  readonly tags: readonly Tag[];
  /** By alias, in byte order. */
  readonly aliases: readonly AliasView[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Of the newest event in the model's stream: what an `ETag` is made of. */
  readonly revision: Revision;
  readonly deleted: boolean;
}

/** A model version as it was. Times are milliseconds since the epoch, when things happened. */
export interface PastVersion {
  readonly modelId: string;
  /** Name of the model, as in {@link PastModel.name}. */
  readonly name: string;
  readonly version: number;
  /** Where a deleted version was at last. */
  readonly stage: Stage;
  readonly description: string | null;
  readonly status: VersionStatus;
  readonly statusMessage: string | null;
  readonly source: string;
  readonly storageLocation: string | null;
  readonly runId: string;
  readonly runLink: string;
  readonly loggedModelId: string | null;
  /** By key, in byte order. */
  readonly tags: readonly Tag[];
  /** In byte order. */
  readonly aliases: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Of the newest event in the model's stream: an `ETag` is of the model with all its versions. */
  readonly revision: Revision;
  /** It, or its model, was deleted. */
  readonly deleted: boolean;
}

/** The event that began or ended something: when, by whom and why. Times are milliseconds since the epoch. */
export interface Cause {
  readonly position: Position;
  readonly eventId: string;
  readonly type: string;
  readonly happenedAt: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly comment: string | null;
  /** The version whose transition archived this one; null when it was moved itself. */
  readonly inFavourOf: number | null;
  readonly correlationId: string;
}

/**
 * An interval `[opened.position, closed.position)` in which a version held a stage. The creation of the version or a
 * transition opens it; a transition to another stage or the deletion of the version or of the model closes it, and what
 * is restored opens another one. A transition to the same stage does neither.
 */
export interface Occupancy {
  readonly modelId: string;
  /** Name of the model as of the position in question; of a window, as of its end. */
  readonly name: string;
  readonly version: number;
  readonly stage: Stage;
  readonly opened: Cause;
  /** Undefined when it still held the stage at the position in question. */
  readonly closed: Cause | undefined;
  /** How long it had held the stage: from event to event, or to the position in question; milliseconds, never below 0. */
  readonly milliseconds: number;
}

/** A version was moved, also to the stage that it had. */
export interface Transition {
  readonly modelId: string;
  readonly version: number;
  readonly from: Stage;
  readonly to: Stage;
  readonly cause: Cause;
}

/** A name that a model had in `[from, to)`; `to` is undefined when it has it still. */
export interface NameHeld {
  readonly modelId: string;
  readonly name: string;
  readonly from: Position;
  readonly to: Position | undefined;
}
