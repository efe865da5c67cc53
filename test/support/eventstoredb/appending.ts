import { setImmediate as nextTurn } from 'node:timers/promises';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerReadableStream, handleClientStreamingCall } from '@grpc/grpc-js';
import type { ExpectedRevision } from './commit-check.js';
import type { Door } from './door.js';
import type { Appended, EventLog } from './event-log.js';
import { nameOf, proposedEvent } from './messages.js';
import type { ProposedEvent } from './recorded-event.js';
import { refusals } from './refusals.js';

type Append = handleClientStreamingCall<streams.AppendReq, streams.AppendResp>;

/** Append: one call for each append, its first message the options, each further one an event. */
export function append(log: EventLog, door: Door, maximumSize: number): Append {
  return (call, callback) => {
    void door.serve(call, 'append', callback, async () => {
      const [first, ...others] = await wholeRequest(call);
      const options = first?.getOptions() ?? new streams.AppendReq.Options();
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedRevision(options);
      const fault = await door.admit(call, 'append', 'write', stream);
      const events = others.map((message) => received(message.getProposedMessage()));
      if (sizeOf(events) > maximumSize) throw refusals.maximumAppendSizeExceeded(maximumSize);
      const reply = answer(stream, expected, log.append(stream, expected, events));
      door.release(call, fault);
      callback(null, reply);
    });
  };
}

/** What the client sent. If it is gone in the middle, all ends as if it had said everything, and then is cancelled. */
async function wholeRequest(
  call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
): Promise<streams.AppendReq[]> {
  const messages = (await call.toArray()) as streams.AppendReq[];
  await nextTurn();
  if (call.cancelled) throw refusals.unavailable();
  return messages;
}

/** What the options of an append, a deletion or a tombstone say. */
export function expectedRevision(
  options: Pick<streams.AppendReq.Options, 'hasRevision' | 'getRevision' | 'hasNoStream' | 'hasStreamExists'>,
): ExpectedRevision {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

/** What the limit of the size of an append is compared with. */
export function sizeOf(events: readonly ProposedEvent[]): number {
  return events.reduce(
    (size, { type, data, metadata }) => size + 2 * type.length + data.length + metadata.length,
    0,
  );
}

function received(message: streams.AppendReq.ProposedMessage | undefined): ProposedEvent {
  try {
    return proposedEvent(message ?? new streams.AppendReq.ProposedMessage());
  } catch (error) {
    throw refusals.invalidArgument(String(error));
  }
}

function answer(stream: string, expected: ExpectedRevision, appended: Appended): streams.AppendResp {
  if (appended.outcome === 'stream deleted') throw refusals.streamDeleted(stream);
  if (appended.outcome === 'wrong version') {
    return new streams.AppendResp().setWrongExpectedVersion(conflict(expected, appended.actual));
  }
  const position = String(appended.position);
  const success = new streams.AppendResp.Success()
    .setCurrentRevision(String(appended.revision))
    .setPosition(new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
  return new streams.AppendResp().setSuccess(success);
}

function conflict(expected: ExpectedRevision, actual: bigint): streams.AppendResp.WrongExpectedVersion {
  const empty = new shared.Empty();
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (actual < 0n) conflict.setCurrentNoStream(empty);
  else conflict.setCurrentRevision(String(actual));
  if (expected === 'any') return conflict.setExpectedAny(empty);
  if (expected === 'no_stream') return conflict.setExpectedNoStream(empty);
  if (expected === 'stream_exists') return conflict.setExpectedStreamExists(empty);
  return conflict.setExpectedRevision(String(expected));
}
