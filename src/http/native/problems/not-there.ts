import type { ModelReference } from '../../../application/queries/history/past-views.js';
import type { AsOf } from '../moments/as-of.js';
import { asOfMessage } from '../messages/history.messages.js';
import { referenceText } from '../requests/model-reference.js';
import { Problem } from './problem.js';

/** No model had that name then, or there was none of that id. */
export function noModel(model: ModelReference, asOf: AsOf): Problem {
  const hint = 'name' in model ? ' A model that was deleted then is found by its id only.' : '';
  return missing(`There was no model ${referenceText(model)} at position ${asOf.position}.${hint}`, asOf);
}

export function noVersion(model: ModelReference, version: number, asOf: AsOf): Problem {
  return missing(
    `There was no version ${version} of model ${referenceText(model)} at position ${asOf.position}.`,
    asOf,
  );
}

function missing(detail: string, asOf: AsOf): Problem {
  return new Problem('RESOURCE_DOES_NOT_EXIST', detail, { asOf: asOfMessage(asOf) });
}
