import { afterEach } from '@jest/globals';
import { openClient } from '../../../src/infrastructure/eventstoredb/client.js';
import { readConnectionAddress } from '../../../src/infrastructure/eventstoredb/connection-address.js';
import { EventStoreDbEventStore } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import type { EventStoreDbOptions } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';

/** What a test can wait for. */
const quick = {
  appendAttempt: 300,
  appendPatience: 1_500,
  connectionPatience: 500,
  readProgress: 400,
  subscriptionSilence: 300,
};

/** Opens stores for a test and closes them after it. */
export class OpenedStores {
  readonly #stores: EventStoreDbEventStore[] = [];

  constructor() {
    afterEach(async () => {
      for (const store of this.#stores.splice(0)) await store.close();
    });
  }

  /** A store that waits only as long as a test can. */
  open(
    { connectionString }: { readonly connectionString: string },
    { timings, ...options }: EventStoreDbOptions = {},
  ): EventStoreDbEventStore {
    const client = openClient(readConnectionAddress(connectionString));
    const store = new EventStoreDbEventStore(client, { ...options, timings: { ...quick, ...timings } });
    this.#stores.push(store);
    return store;
  }
}
