import { readFileSync } from 'node:fs';

export const help = `Annals, a model registry that remembers.

  annals                                 serves the registry; configured by ANNALS_… variables or a file .env
  annals copy-log --from LOG --to LOG    copies a whole log into an empty one, and reads both to make sure
  annals --help, annals --version

A LOG is a data folder, as in ANNALS_DATA, or an address of EventStoreDB:
  annals copy-log --from ./data --to 'esdb://localhost:2113?tls=false'

The user of EventStoreDB stands in the address, or in ANNALS_EVENTSTORE_USERNAME and ANNALS_EVENTSTORE_PASSWORD.
Stop every Annals that writes to either log before you copy. A copy that was interrupted goes on when it is started
again with the same logs.

It ends with 0 when all is well, with 1 when something went wrong, and with 2 when the command line makes no sense.
`;

export function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
