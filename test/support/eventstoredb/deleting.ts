import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { expectedRevision } from './appending.js';
import type { ExpectedRevision } from './commit-check.js';
import type { Door } from './door.js';
import type { Appended, EventLog } from './event-log.js';
import { nameOf } from './messages.js';
import { refusals } from './refusals.js';

/** Delete: hides the events of a stream. */
export function deleteStream(
  log: EventLog,
  door: Door,
): handleUnaryCall<streams.DeleteReq, streams.DeleteResp> {
  return (call, callback) => {
    void door.serve(call, 'delete', callback, async () => {
      const options = call.request.getOptions() ?? new streams.DeleteReq.Options();
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedRevision(options);
      const fault = await door.admit(call, 'delete', 'write', stream);
      const position = positionOf(stream, expected, log.delete(stream, expected));
      const message = new streams.DeleteResp.Position()
        .setCommitPosition(position)
        .setPreparePosition(position);
      door.release(call, fault);
      callback(null, new streams.DeleteResp().setPosition(message));
    });
  };
}

/** Tombstone: ends a stream for ever. */
export function tombstoneStream(
  log: EventLog,
  door: Door,
): handleUnaryCall<streams.TombstoneReq, streams.TombstoneResp> {
  return (call, callback) => {
    void door.serve(call, 'tombstone', callback, async () => {
      const options = call.request.getOptions() ?? new streams.TombstoneReq.Options();
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedRevision(options);
      const fault = await door.admit(call, 'tombstone', 'write', stream);
      const position = positionOf(stream, expected, log.tombstone(stream, expected));
      const message = new streams.TombstoneResp.Position()
        .setCommitPosition(position)
        .setPreparePosition(position);
      door.release(call, fault);
      callback(null, new streams.TombstoneResp().setPosition(message));
    });
  };
}

function positionOf(stream: string, expected: ExpectedRevision, result: Appended): string {
  if (result.outcome === 'stream deleted') throw refusals.streamDeleted(stream);
  if (result.outcome === 'appended') return String(result.position);
  throw refusals.wrongExpectedVersion(stream, numberOf(expected), result.actual);
}

/** How the trailers of a refused deletion spell what was expected. */
function numberOf(expected: ExpectedRevision): bigint {
  if (typeof expected === 'bigint') return expected;
  return { no_stream: -1n, any: -2n, stream_exists: -4n }[expected];
}
