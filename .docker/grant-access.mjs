// Makes the user of Annals on a cluster of KurrentDB, and lets it read $all, which only administrators may by default.
// It may run any number of times: a user that is there gets the password, and nobody loses a right.
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';

const patience = 120_000;

const missing = (name) => {
  process.stderr.write(`${name} is missing\n`);
  process.exit(1);
};
const given = (name) => process.env[name] || missing(name);
const password = given('ADMIN_PASSWORD');
const user = given('ANNALS_EVENTSTORE_USERNAME');
const userPassword = given('ANNALS_EVENTSTORE_PASSWORD');
const nodes = given('KURRENTDB_NODES').split(',');
const address = `esdb://admin:${encodeURIComponent(password)}@${nodes.join()}`;
const authority = encodeURIComponent(given('NODE_EXTRA_CA_CERTS'));

/** A node that does not lead may refuse; then another one is asked. */
async function ask(path, body) {
  const refusals = [];
  for (const node of nodes) {
    try {
      const response = await fetch(`https://${node}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.ok || response.status === 409) return response.status;
      refusals.push(`${node} answers ${response.status}`);
    } catch (error) {
      refusals.push(`${node}: ${error.cause?.message ?? error.message}`);
    }
  }
  throw new Error(refusals.join('; '));
}

async function makeUser() {
  const details = { loginName: user, fullName: 'Annals', groups: [], password: userPassword };
  const isThere = (await ask('/users/', details)) === 409;
  if (isThere) await ask(`/users/${user}/command/reset-password`, { newPassword: userPassword });
}

async function letRead() {
  const client = EventStoreDBClient.connectionString(`${address}?tlsCAFile=${authority}`);
  try {
    const { metadata } = await client.getStreamMetadata('$all');
    const readers = [metadata?.acl?.readRoles ?? '$admins'].flat();
    if (readers.includes(user)) return;
    const acl = { ...metadata?.acl, readRoles: [...readers, user] };
    await client.setStreamMetadata('$all', { ...metadata, acl });
  } finally {
    await client.dispose();
  }
}

// Calls of the client have no deadline of their own.
setTimeout(() => process.exit(1), patience + 30_000).unref();

for (const began = performance.now(); ;) {
  try {
    await makeUser();
    await letRead();
    process.stdout.write(`${user} may read $all\n`);
    // The client keeps its connection, and the process with it.
    process.exit();
  } catch (error) {
    process.stderr.write(`${error.message || error.constructor.name}\n`);
    if (performance.now() - began > patience) process.exit(1);
    await pause(2_000);
  }
}
