import type { NoticeFilter } from '../../domain/notices/notice-filter.js';
import type { Tag } from '../../domain/registered-model/events.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import type { Position } from '../ports/event-store.js';
import type { Notice } from './notice.js';

/** Of what notices are, beside what the subscriber wants: all conditions hold. */
export interface NoticeScope {
  readonly modelId?: string;
  /** Only of models that had this name by the end of the range, under all the names that they had before and after. */
  readonly everNamed?: string;
  /** Only of versions with this number. */
  readonly version?: number;
  /** Only where a version left this stage or entered it. */
  readonly stage?: Stage;
}

/** Which notices. */
export interface NoticeRange extends NoticeScope {
  /** Exclusive. */
  readonly after: Position;
  /** Inclusive; without it up to where the history is. */
  readonly upTo?: Position;
  /**
   * How many events are looked into, at most; fewer where it would take long to find so many. All notices of one position
   * are told together.
   */
  readonly limit: number;
}

export interface NoticePage {
  /** In log order. */
  readonly notices: readonly Notice[];
  /** Everything up to here has been looked at. */
  readonly reached: Position;
  /** Nothing follows by now: `reached` is where the range or the history ends. */
  readonly isLast: boolean;
}

/**
 * What there is to tell, read from the history of this node: complete up to {@link HistoryProgress.position}, in log
 * order, from any position on.
 */
export abstract class NoticeReader {
  abstract page(filter: NoticeFilter, range: NoticeRange): NoticePage;

  /** Undefined when there is no such notice. */
  abstract notice(id: string): Notice | undefined;

  /** The tags of the model and of the version that a notice is about, right after its event: what a filter asks for. */
  abstract tagsOf(notice: Notice): readonly Tag[];
}
