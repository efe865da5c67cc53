import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { appendingContract } from './event-store/appending.contract.js';
import { closingContract } from './event-store/closing.contract.js';
import { readingContract } from './event-store/reading.contract.js';
import { subscribingContract } from './event-store/subscribing.contract.js';

/** A log under test. It may already hold events of others, and others may write to it at the same time. */
export interface OpenedLog {
  readonly store: EventStore;
  /** Lets go of the log, whether the store has been closed by the test or not. */
  close(): Promise<void>;
}

/** What every adapter of the event store must hold to. */
export function eventStoreContract(name: string, open: () => Promise<OpenedLog>): void {
  describe(name, () => {
    let log: OpenedLog;
    beforeEach(async () => {
      log = await open();
    });
    afterEach(() => log.close());

    describe('appending', () => appendingContract(() => log.store));
    describe('reading', () => readingContract(() => log.store));
    describe('subscribing', () => subscribingContract(() => log.store));
    describe('closing', () => closingContract(() => log.store));
  });
}
