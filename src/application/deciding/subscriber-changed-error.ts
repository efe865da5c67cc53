import { RegistryError } from '../../domain/registry-error.js';
import type { ExpectedRevision } from '../ports/event-store.js';

/** A command was meant for a subscriber as it was at another revision of its stream. */
export class SubscriberChangedError extends RegistryError {
  /** @param noun what the subscriber is called: `webhook`, `consumer` */
  constructor(
    readonly noun: string,
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super('PRECONDITION_FAILED', `The ${noun} is at revision ${actual}, and was expected at ${expected}.`);
  }
}
