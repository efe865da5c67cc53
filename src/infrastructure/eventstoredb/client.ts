import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { ConnectionAddress } from './connection-address.js';
import { connectionString } from './connection-address.js';
import { EventStoreDbConnectionError } from './connection-error.js';
import { within } from './deadline.js';

const partingMilliseconds = 1_000;

const filesInAddress = ['tlsCAFile', 'userCertFile', 'userKeyFile'] as const;

/** What this adapter reaches past the client's public face for. Its version is pinned, and no newer one will come. */
interface ClientInside {
  supports(): Promise<boolean>;
  getChannel(): Promise<{ close(): void }>;
}

/**
 * Opens a client; it connects when it is first asked for something.
 *
 * Appends go out in calls of their own. The client's other way, one long call for all of them, has no deadline, keeps
 * its replies in a table that all clients of the process share, and throws out of an event handler when it gets a
 * reply that it does not know, as it does after a reconnect.
 *
 * @throws EventStoreDbConnectionError when a file that the address names is missing.
 */
export function openClient(address: ConnectionAddress): EventStoreDBClient {
  for (const option of filesInAddress) {
    const file = address.options.get(option);
    if (file !== undefined && !existsSync(file)) {
      throw new EventStoreDbConnectionError(
        address,
        `${option} names ${resolve(file)}, and there is no such file`,
        `Mend ${option} in ANNALS_EVENTSTORE`,
      );
    }
  }
  const options = new Map([['connectionName', 'annals'], ...address.options]);
  const client = EventStoreDBClient.connectionString(connectionString({ ...address, options }));
  (client as unknown as ClientInside).supports = async () => false;
  return client;
}

/**
 * Ends what the client still does and lets go of the connection, which its own `dispose` keeps. A server that is away
 * keeps nobody from leaving.
 */
export async function closeClient(client: EventStoreDBClient): Promise<void> {
  const closing = async () => {
    await client.dispose();
    (await (client as unknown as ClientInside).getChannel()).close();
  };
  await within(partingMilliseconds, closing()).catch(() => undefined);
}
