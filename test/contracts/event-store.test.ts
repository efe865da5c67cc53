import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { openClient } from '../../src/infrastructure/eventstoredb/client.js';
import { readConnectionAddress } from '../../src/infrastructure/eventstoredb/connection-address.js';
import { EventStoreDbEventStore } from '../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbDouble } from '../support/eventstoredb/eventstoredb-double.js';
import { eventStoreContract } from './event-store.contract.js';

eventStoreContract('the embedded log in memory', async () => {
  const store = EmbeddedEventStore.open(':memory:');
  return { store, close: () => store.close() };
});

eventStoreContract('the embedded log in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'annals-log-'));
  const store = EmbeddedEventStore.open(join(folder, 'log.db'));
  return {
    store,
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

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
