import { afterEach } from '@jest/globals';
import { openClient } from '../../../src/infrastructure/eventstoredb/client.js';
import { readConnectionAddress } from '../../../src/infrastructure/eventstoredb/connection-address.js';
import { EventStoreDbEventStore } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import type { EventStoreDbOptions } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import type { Timings } from '../../../src/infrastructure/eventstoredb/timings.js';

/** For a store whose server is to keep it waiting: what a test can wait for. It is too little where one has to answer. */
export const impatient: Timings = {
  appendAttempt: 300,
  appendPatience: 3_000,
  connectionPatience: 500,
  readProgress: 400,
  subscriptionSilence: 1_000,
};

/** Opens stores for a test and closes them after it. */
export class OpenedStores {
  readonly #stores: EventStoreDbEventStore[] = [];

  constructor() {
    afterEach(async () => {
      for (const store of this.#stores.splice(0)) await store.close();
    });
  }

  /** A store that waits as long as the service does, unless it is told otherwise. */
  open(
    { connectionString }: { readonly connectionString: string },
    options: EventStoreDbOptions = {},
  ): EventStoreDbEventStore {
    const client = openClient(readConnectionAddress(connectionString));
    const store = new EventStoreDbEventStore(client, options);
    this.#stores.push(store);
    return store;
  }
}
