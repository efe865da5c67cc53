import { RegistryError } from '../../domain/registry-error.js';
import type { ExpectedRevision } from '../ports/event-store.js';

/**
 * A command was meant for the model as it was at another revision, or for another model that had the name: then
 * `expected` is `no-stream`. What the client has not seen are the events of the model's stream after `expected`, up to
 * `actual`.
 */
export class ModelChangedError extends RegistryError {
  constructor(
    readonly modelId: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super('PRECONDITION_FAILED', whatChanged(expected, actual));
  }
}

function whatChanged(expected: ExpectedRevision, actual: ExpectedRevision): string {
  if (expected === 'no-stream')
    return `This is another model than was expected; it is at revision ${actual}.`;
  if (actual === 'no-stream') return `There is no model yet, and it was expected at revision ${expected}.`;
  return `The model is at revision ${actual}, and was expected at ${expected}.`;
}
