import type { Position } from '../../ports/event-store.js';
import type { Stage } from '../../../domain/registered-model/stage.js';
import type { Page } from '../search-criteria.js';
import type { AuditEntry, AuditEntryType, Category, Outcome } from './audit-entry.js';
import type { PositionWindow } from './moments.js';
import type { PageOf } from './past-reader.js';
import type { ModelReference, PastModel, PastVersion } from './past-views.js';

/**
 * - `production`: who is in Production changed, by a transition, a deletion or a restoration.
 * - `editsAfterProduction`: the description, a tag or an alias of a version changed after it first reached Production.
 * - `deletions`: a model or a version was deleted.
 */
export type AuditTopic = 'production' | 'editsAfterProduction' | 'deletions';

/** Which entries: all conditions hold. A condition that is left out holds always. */
export interface AuditFilter {
  /**
   * A model, or one version of it. A name means every model that had it by the end of the window, under all the names
   * that they had before and after.
   */
  readonly model?: ModelReference;
  readonly version?: number;
  /** Id of the actor. */
  readonly actor?: string;
  /** One of these types. */
  readonly types?: readonly AuditEntryType[];
  /** A version left or entered one of these stages. */
  readonly stages?: readonly Stage[];
  readonly outcomes?: readonly Outcome[];
  readonly category?: Category;
  readonly correlationId?: string;
  readonly topic?: AuditTopic;
  /** See {@link Moments.between} for times. */
  readonly window?: PositionWindow;
}

/** A deletion, and what was deleted as it was right before. */
export interface Deletion {
  readonly entry: AuditEntry;
  /** The last position at which it was there, for {@link PastReader.versions} and the like. */
  readonly before: Position;
  readonly model: PastModel;
  /** The version that was deleted; undefined when the model was. */
  readonly version: PastVersion | undefined;
  /** Position of the event that restored it; undefined when it has not been restored. */
  readonly restoredAt: Position | undefined;
}

/** Everything that happened, an entry for each event, in log order. */
export abstract class AuditReader {
  abstract page(
    filter: AuditFilter,
    page: PageOf & { readonly order: 'newestFirst' | 'oldestFirst' },
  ): Page<AuditEntry>;

  /** How many entries there are. It reads an index and not the entries wherever one facet alone is asked for. */
  abstract count(filter: AuditFilter): number;

  /** All entries, oldest first, in constant memory. What is recorded meanwhile is not in it; others have their turn. */
  abstract export(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]>;

  /** The entry of one event: by position, or by event id. */
  abstract entry(
    event: { readonly position: Position } | { readonly eventId: string },
  ): AuditEntry | undefined;

  /** Deletions and what was deleted; of the filter, the topic and the types are not looked at. */
  abstract deletions(
    filter: AuditFilter,
    page: PageOf & { readonly order: 'newestFirst' | 'oldestFirst' },
  ): Page<Deletion>;
}
