import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
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
