import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Message } from 'google-protobuf';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import type { ExpectedRevision } from './commit-check.js';
import type { Appended } from './event-log.js';
import { identifierOf } from './messages.js';

/** What becomes of an append in a batch. It has words for it of its own, unlike those of the unary append. */
export const batchReplies = {
  to(stream: string, expected: ExpectedRevision, appended: Appended): streams.BatchAppendResp {
    if (appended.outcome === 'appended') return success(appended.revision, String(appended.position));
    if (appended.outcome === 'wrong version') {
      return failure('WrongExpectedVersion', conflict(expected, appended.actual));
    }
    return failure('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)));
  },

  accessDenied: () => failure('AccessDenied', new shared.AccessDenied()),

  timeout: () => failure('Timeout', new shared.Timeout()),

  badRequest: (message: string) => failure('BadRequest', new shared.BadRequest().setMessage(message)),

  tooLarge: (maximumSize: number) =>
    failure(
      'MaximumAppendSizeExceeded',
      new shared.MaximumAppendSizeExceeded().setMaxappendsize(maximumSize),
    ),
};

function success(revision: bigint, position: string): streams.BatchAppendResp {
  const success = new streams.BatchAppendResp.Success()
    .setCurrentRevision(String(revision))
    .setPosition(new shared.AllStreamPosition().setCommitPosition(position).setPreparePosition(position));
  return new streams.BatchAppendResp().setSuccess(success);
}

/** A failed append: `google.rpc.Status` with a message of this type in it. */
function failure(type: string, details: Message): streams.BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new streams.BatchAppendResp().setError(new rpc.Status().setMessage(type).setDetails(packed));
}

function conflict(expected: ExpectedRevision, actual: bigint): shared.WrongExpectedVersion {
  const empty = new empties.Empty();
  const conflict = new shared.WrongExpectedVersion();
  if (actual < 0n) conflict.setCurrentNoStream(empty);
  else conflict.setCurrentStreamRevision(String(actual));
  if (expected === 'any') return conflict.setExpectedAny(empty);
  if (expected === 'no_stream') return conflict.setExpectedNoStream(empty);
  if (expected === 'stream_exists') return conflict.setExpectedStreamExists(empty);
  return conflict.setExpectedStreamPosition(String(expected));
}
