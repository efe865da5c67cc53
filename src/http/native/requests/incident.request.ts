import type { ModelReference } from '../../../application/queries/history/past-views.js';
import { AsOfRequest } from './common.requests.js';
import { InQuery, RequiredInQuery } from './field.js';
import { oneOf } from './kind.js';
import { modelReference } from './model-reference.js';
import { duration, instant } from './moment.js';

export const reportFormats = ['json', 'md'] as const;

export class IncidentReportRequest extends AsOfRequest {
  @RequiredInQuery(
    modelReference(),
    'The model: the name that it had at the end of the window, or `id:` and its id.',
  )
  model!: ModelReference;

  @InQuery(instant(), 'The window begins here, inclusive. Either this or `before` has to be said.')
  from?: number;

  @InQuery(instant(), 'The window ends here, exclusive. Without it: with the newest event.')
  to?: number;

  @InQuery(duration(), 'In place of `from`: the window begins so long before `to`.')
  before?: number;

  @InQuery(oneOf(...reportFormats), 'In place of `Accept`: JSON, or Markdown for people to go on with.')
  format?: (typeof reportFormats)[number];
}
