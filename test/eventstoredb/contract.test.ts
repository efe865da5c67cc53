import { afterAll, beforeAll, describe } from '@jest/globals';
import { openClient } from '../../src/infrastructure/eventstoredb/client.js';
import { readConnectionAddress } from '../../src/infrastructure/eventstoredb/connection-address.js';
import { EventStoreDbEventStore } from '../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import { eventStoreContract } from '../contracts/event-store.contract.js';
import { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';

/** A real server, if there is one: `EVENTSTORE_URL=esdb://localhost:2113?tls=false`. */
const server = process.env['EVENTSTORE_URL'];

describe(server === undefined ? 'with a double of EventStoreDB' : 'with EventStoreDB', () => {
  let double: EventStoreDbDouble | undefined;
  beforeAll(async () => {
    if (server === undefined) double = await EventStoreDbDouble.start();
  });
  afterAll(() => double?.stop());

  eventStoreContract('the log in EventStoreDB', async () => {
    const address = readConnectionAddress(server ?? double?.connectionString ?? '');
    const store = new EventStoreDbEventStore(openClient(address));
    return { store, close: () => store.close() };
  });
});
