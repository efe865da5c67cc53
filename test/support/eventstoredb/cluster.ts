import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Method } from './calls.js';
import type { Caller, Door } from './door.js';
import type { Membership } from './membership.js';
import { uuidMessage } from './messages.js';

/** Gossip: who belongs to the cluster, and who leads it. */
export function readGossip(
  membership: Membership,
  door: Door,
): handleUnaryCall<shared.Empty, gossip.ClusterInfo> {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  return answering(door, 'gossip', () => {
    const members = membership.members.map(({ id, host, port, leads }) =>
      new gossip.MemberInfo()
        .setInstanceId(uuidMessage(id, 'halves'))
        .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
        .setState(leads ? LEADER : FOLLOWER)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port)),
    );
    return new gossip.ClusterInfo().setMembersList(members);
  });
}

/** ServerFeatures: what the client may use. A client that misses `batchappend` in it uses the other way to append. */
export function supportedMethods(
  door: Door,
  methods: readonly string[],
): handleUnaryCall<shared.Empty, features.SupportedMethods> {
  return answering(door, 'serverFeatures', () => {
    const supported = methods.map((method) =>
      new features.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(method.toLowerCase()),
    );
    return new features.SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList(supported);
  });
}

function answering<Response>(
  door: Door,
  method: Method,
  answer: () => Response,
): handleUnaryCall<shared.Empty, Response> {
  return (call, callback) => {
    void door.serve(call, method, callback, async () => {
      const caller: Caller = call;
      const fault = await door.letPass(caller, method);
      door.release(caller, fault);
      callback(null, answer());
    });
  };
}
