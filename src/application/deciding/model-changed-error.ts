import { RegistryError } from '../../domain/registry-error.js';
import type { ExpectedRevision, Revision } from '../ports/event-store.js';

/**
 * A command was meant for the model as it was at another revision. What has happened since are the events of the
 * model's stream after `expected`, up to `actual`.
 */
export class ModelChangedError extends RegistryError {
  constructor(
    readonly modelId: string,
    readonly expected: Revision,
    readonly actual: ExpectedRevision,
  ) {
    super(
      'PRECONDITION_FAILED',
      actual === 'no-stream'
        ? `There is no model yet, and it was expected at revision ${expected}.`
        : `The model is at revision ${actual}, and was expected at ${expected}.`,
    );
  }
}
