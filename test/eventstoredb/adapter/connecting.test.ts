import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectToEventStoreDb } from '../../../src/infrastructure/eventstoredb/connect.js';
import { readConnectionAddress } from '../../../src/infrastructure/eventstoredb/connection-address.js';
import type { Account } from '../../../src/infrastructure/eventstoredb/connection-address.js';
import { makeCertificate } from '../../support/eventstoredb/certificate.js';
import { Doubles } from '../../support/eventstoredb/doubles.js';
import { all, counted } from '../../support/log-events.js';

const doubles = new Doubles();

let folder: string;
let logged: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annals-connecting-'));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const users = [
  { name: 'admin', password: 'top secret', admin: true },
  { name: 'svc', password: 'p@ss:w/rd' },
];

function connect(address: string, account: Account = {}, patience = 1_000) {
  const note = (details: object, message: string) =>
    void logged.push(`${message} ${JSON.stringify(details)}`);
  return connectToEventStoreDb(readConnectionAddress(address, account), {
    streamPrefixes: ['model-'],
    observer: { committed: () => undefined, conflicted: () => undefined, resent: () => undefined },
    log: { info: note, warn: note },
    patience,
  });
}

const problemOf = (connecting: Promise<unknown>): Promise<string> =>
  connecting.then(
    () => 'none',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('connecting to EventStoreDB', () => {
  it('answers a log that can be used, and writes nothing', async () => {
    const double = await doubles.start();
    const store = await connect(double.connectionString);
    expect(await all(store.readAll())).toEqual([]);
    await store.append('model-1', 'no-stream', [counted(1)]);
    await store.close();
    expect(logged).toEqual([expect.stringContaining(`EventStoreDB at esdb://127.0.0.1:${double.port}`)]);
  });

  it('waits for a server that is being started, and says so', async () => {
    const double = await doubles.start();
    await double.fail('read', { kind: 'unavailable' }, 2);
    const store = await connect(double.connectionString, {}, 60_000);
    await store.close();
    expect(logged.filter((line) => line.includes('cannot be reached yet'))).toHaveLength(2);
  });

  it('gives up on a server that is not there, and names the address', async () => {
    const double = await doubles.start();
    await double.stop();
    const problem = await problemOf(connect(double.connectionString));
    expect(problem).toContain(
      `EventStoreDbConnectionError: EventStoreDB at esdb://127.0.0.1:${double.port} cannot be used: ` +
        'it has not answered within 1 s: 14 UNAVAILABLE: No connection established. Last error: ' +
        'Error: connect ECONNREFUSED',
    );
    expect(problem).toContain('Start it, or mend the address in ANNALS_EVENTSTORE');
  });

  it('gives up on a cluster of which nobody is there', async () => {
    const double = await doubles.start();
    await double.stop();
    const hosts = `127.0.0.1:${double.port},localhost:${double.port}`;
    const problem = await problemOf(connect(`esdb://${hosts}?tls=false&maxDiscoverAttempts=2`));
    expect(problem).toContain('Failed to discover after 2 attempts');
  });

  it('misses the file of a certificate', async () => {
    const problem = await problemOf(connect('esdb://localhost?tlsCAFile=/nowhere/ca.crt'));
    expect(problem).toContain('tlsCAFile names /nowhere/ca.crt, and there is no such file');
  });
});

describe('connecting to an EventStoreDB with users', () => {
  it('takes the user from the address or from beside it', async () => {
    const tls = makeCertificate(folder);
    if (tls === undefined) return;
    const double = await doubles.start({ tls, users });
    const alone = double.connectionStringFor();
    await (await connect(double.connectionStringFor(users[0]))).close();
    await (await connect(alone, { username: 'admin', password: 'top secret' })).close();
  });

  it.each([
    ['nobody', 'wrong', 'it does not accept the user name and password'],
    ['admin', 'wrong', 'it does not accept the user name and password'],
    ['svc', 'p@ss:w/rd', 'reading $all is refused'],
  ])('refuses %s with the password %s', async (username, password, problem) => {
    const tls = makeCertificate(folder);
    if (tls === undefined) return;
    const double = await doubles.start({ tls, users });
    const message = await problemOf(connect(double.connectionStringFor(), { username, password }));
    expect(message).toContain(problem);
    expect(message).toContain('ANNALS_EVENTSTORE_USERNAME');
    expect(message + logged.join()).not.toContain(password === 'wrong' ? 'wrong' : 'p@ss');
    expect(message + logged.join()).not.toContain('p%40ss');
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const tls = makeCertificate(folder);
    if (tls === undefined) return;
    const double = await doubles.start({ tls, users });
    const problem = await problemOf(connect(`esdb://127.0.0.1:${double.port}`));
    expect(problem).toContain('its certificate is not trusted');
    expect(problem).toContain('Add ?tlsCAFile=');
  });

  it('says when the server does not speak TLS', async () => {
    const double = await doubles.start();
    const problem = await problemOf(connect(`esdb://127.0.0.1:${double.port}`));
    expect(problem).toContain('tls=false');
  });

  it('says when the server speaks TLS only', async () => {
    const tls = makeCertificate(folder);
    if (tls === undefined) return;
    const double = await doubles.start({ tls });
    const problem = await problemOf(connect(`esdb://127.0.0.1:${double.port}?tls=false`));
    expect(problem).toContain('if it speaks TLS, leave out tls=false');
  });
});
