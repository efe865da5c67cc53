import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { Access } from './access.js';
import { append } from './appending.js';
import { batchAppend } from './batch-appending.js';
import { CallLog } from './calls.js';
import { readGossip, supportedMethods } from './cluster.js';
import { Connections } from './connections.js';
import { obey } from './control.js';
import { deleteStream, tombstoneStream } from './deleting.js';
import { Door } from './door.js';
import { EventLog } from './event-log.js';
import { Faults } from './faults.js';
import { LogFile } from './log-file.js';
import { Membership } from './membership.js';
import type { DoubleOptions } from './options.js';
import { read } from './reading.js';
import { Refusal } from './refusals.js';
import { Subscriptions } from './subscribing.js';
import { SystemEvents } from './system-events.js';

/**
 * The double as a process: takes its options as JSON, prints its port, and then obeys its standard input. It answers as
 * a server does, and knows nothing of those who test with it.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as DoubleOptions;
const {
  file,
  tls,
  users = [],
  batchAppends = true,
  follows = false,
  maximumAppendSize = 1_048_576,
} = options;

const log = new EventLog(file === undefined ? undefined : new LogFile(file));
const systemEvents = new SystemEvents(log);
const calls = new CallLog();
const faults = new Faults();
const connections = new Connections(calls);
const subscriptions = new Subscriptions(log);
const id = crypto.randomUUID();
const self = { id, host: '127.0.0.1', port: options.port ?? 0, leads: !follows };
const membership = new Membership(self);
const door = new Door(calls, faults, connections, membership, new Access(users, log));

const lead = () => {
  log.load();
  systemEvents.start();
};
if (!follows) lead();

const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
const unimplemented = new Refusal(status.UNIMPLEMENTED, 'Unknown method');
server.addService(streams.StreamsService, {
  append: append(log, door, maximumAppendSize),
  batchAppend: batchAppends
    ? batchAppend(log, door, maximumAppendSize)
    : (call: NodeJS.EventEmitter) => call.emit('error', unimplemented),
  read: read(log, door, calls, subscriptions),
  delete: deleteStream(log, door),
  tombstone: tombstoneStream(log, door),
});
server.addService(gossip.GossipService, { read: readGossip(membership, door) });
const methods = ['Append', 'Read', 'Delete', 'Tombstone', ...(batchAppends ? ['BatchAppend'] : [])];
server.addService(features.ServerFeaturesService, {
  getSupportedMethods: supportedMethods(door, methods),
});

const credentials =
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        { private_key: readFileSync(tls.key), cert_chain: readFileSync(tls.certificate) },
      ]);
const port = await connections.listen(server, credentials, self.port);
membership.change([{ ...self, port }]);

obey({
  fail: (methods, fault, times = Infinity) => faults.add(methods, fault, times),
  heal: () => faults.heal(),
  endSubscriptions: (ending) => subscriptions.end(ending),
  cutConnections: () => connections.cutAll(),
  writeSystemEvents: (count) => systemEvents.write(count),
  changeMembers: (members) => {
    const led = membership.leads;
    membership.change(members);
    if (led && !membership.leads) connections.cutAll();
    if (!led && membership.leads) lead();
  },
  calls: (version) => calls.newerThan(version),
});
process.stdout.write(`${JSON.stringify({ id, port })}\n`);
