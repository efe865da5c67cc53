import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { InPath, InQuery } from './field.js';
import { text, wholeNumber } from './kind.js';
import { modelReference, versionNumber } from './model-reference.js';
import { duration, instant, moment } from './moment.js';
import type { SaidMoment } from './moment.js';

export const maxPage = 1_000;

/** A question about any point in time. */
export class AsOfRequest {
  @InQuery(
    moment(),
    'Answers as of then: everything that was recorded up to that time, or up to that position of the log, and nothing ' +
      'after it. Without it: as of now.',
  )
  asOf?: SaidMoment;
}

/** A question that is answered in pages. */
export class PagedRequest extends AsOfRequest {
  @InQuery(wholeNumber(1, maxPage), 'How many items a page holds at most.')
  limit = 100;

  @InQuery(
    text(1, 4_000),
    'Where to go on: taken from `next` of the page before, whose query has to be the same. All pages are as of the ' +
      'first one.',
  )
  after?: string;
}

export class ModelRequest extends AsOfRequest {
  @InPath(modelReference(), modelDescription()) model!: ModelReference;
}

export class VersionRequest extends ModelRequest {
  @InPath(versionNumber(), 'The number of the version.') version!: number;
}

export class PagedModelRequest extends PagedRequest {
  @InPath(modelReference(), modelDescription()) model!: ModelReference;
}

/** A question about a window of time. */
export class WindowRequest extends PagedRequest {
  @InQuery(instant(), 'The window begins here, inclusive. It may be before the log began.')
  from?: number;

  @InQuery(instant(), 'The window ends here, exclusive. Without it: with the newest event.')
  to?: number;

  @InQuery(duration(), 'In place of `from`: the window begins so long before `to`.')
  before?: number;
}

export function modelDescription(): string {
  return (
    'The name of the model, percent-encoded as UTF-8: the one that it had as of then. Or `id:` and its id, which is ' +
    'the only way to a model that is deleted.'
  );
}
