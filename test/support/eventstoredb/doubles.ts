import type { EventStoreDBClient as Client } from '@eventstore/db-client';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach } from '@jest/globals';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import type { DoubleOptions } from './options.js';

/** Starts doubles and connects clients for a test, or for all tests of a file, and ends them all after it. */
export class Doubles {
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor(afterwards = afterEach) {
    afterwards(async () => {
      for (const end of this.#ends.splice(0).toReversed()) await end();
    });
  }

  async start(options?: DoubleOptions): Promise<EventStoreDbDouble> {
    return this.keep(await EventStoreDbDouble.start(options));
  }

  connect(to: { readonly connectionString: string } | string): Client {
    const text = typeof to === 'string' ? to : to.connectionString;
    const client = EventStoreDBClient.connectionString(text);
    this.#ends.push(() => client.dispose());
    return client;
  }

  /** Ends something else after the test, too. */
  keep<Ending extends { kill(): Promise<void> }>(ending: Ending): Ending {
    this.#ends.push(() => ending.kill());
    return ending;
  }
}
