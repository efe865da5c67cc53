import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Message } from 'google-protobuf';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empties from 'google-protobuf/google/protobuf/empty_pb.js';
import { sizeOf } from './appending.js';
import type { CallLog } from './calls.js';
import type { ExpectedRevision } from './commit-check.js';
import type { Caller, Door } from './door.js';
import type { Appended, EventLog } from './event-log.js';
import { identifierOf, nameOf, proposedEvent, uuidMessage, uuidOf } from './messages.js';
import type { ProposedEvent } from './recorded-event.js';
import { Refusal } from './refusals.js';

type BatchAppend = handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp>;

/** An append on its way: its events may come in several messages. */
interface Batch {
  readonly id: string;
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly deadline: number;
  readonly events: ProposedEvent[];
}

/**
 * BatchAppend: one call for all appends of a client, each with a correlation id. What is wrong with an append is in its
 * answer; only what is wrong with the server ends the call, and with it all appends that are on their way.
 */
export function batchAppend(log: EventLog, door: Door, calls: CallLog, maximumSize: number): BatchAppend {
  return (call) => {
    const batches = new Map<string, Batch>();
    const fail = (error: unknown) => call.emit('error', error);

    const finish = async (batch: Batch) => {
      const reply = await answer(batch, call);
      reply.setCorrelationId(uuidMessage(batch.id, 'text')).setStreamIdentifier(identifierOf(batch.stream));
      call.write(reply);
    };

    const answer = async ({ stream, expected, deadline, events }: Batch, call: Caller) => {
      try {
        const fault = await door.admit(call, 'batchAppend', 'write', stream);
        if (deadline <= Date.now()) return failure('Timeout', new shared.Timeout());
        if (sizeOf(events) > maximumSize) return tooLarge(maximumSize);
        const reply = replyTo(stream, expected, log.append(stream, expected, events));
        await door.release(call, fault);
        return reply;
      } catch (error) {
        if (error instanceof Refusal && error.code === status.PERMISSION_DENIED) {
          return failure('AccessDenied', new shared.AccessDenied());
        }
        throw error;
      }
    };

    call.once('cancelled', () => calls.cancelled('batchAppend'));
    call.on('end', () => call.end());
    call.on('data', (message: streams.BatchAppendReq) => {
      const id = uuidOf(message.getCorrelationId());
      const options = message.getOptions();
      if (options !== undefined) batches.set(id, begun(id, options));
      const batch = batches.get(id);
      if (batch === undefined) return;
      try {
        batch.events.push(...message.getProposedMessagesList().map(proposedEvent));
      } catch (error) {
        batches.delete(id);
        const reply = failure('BadRequest', new shared.BadRequest().setMessage(String(error)));
        call.write(
          reply.setCorrelationId(message.getCorrelationId()).setStreamIdentifier(identifierOf(batch.stream)),
        );
        return;
      }
      if (!message.getIsFinal()) return;
      batches.delete(id);
      finish(batch).catch(fail);
    });
  };
}

function begun(id: string, options: streams.BatchAppendReq.Options): Batch {
  return {
    id,
    stream: nameOf(options.getStreamIdentifier()),
    expected: expectedRevision(options),
    deadline: options.getDeadline()?.toDate().getTime() ?? Infinity,
    events: [],
  };
}

function expectedRevision(options: streams.BatchAppendReq.Options): ExpectedRevision {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

function replyTo(stream: string, expected: ExpectedRevision, appended: Appended): streams.BatchAppendResp {
  switch (appended.outcome) {
    case 'appended': {
      const position = new shared.AllStreamPosition()
        .setCommitPosition(String(appended.position))
        .setPreparePosition(String(appended.position));
      const success = new streams.BatchAppendResp.Success()
        .setCurrentRevision(String(appended.revision))
        .setPosition(position);
      return new streams.BatchAppendResp().setSuccess(success);
    }
    case 'wrong version':
      return failure('WrongExpectedVersion', conflict(expected, appended.actual));
    case 'stream deleted': {
      const deleted = new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream));
      return failure('StreamDeleted', deleted);
    }
  }
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

function tooLarge(maximumSize: number): streams.BatchAppendResp {
  const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(maximumSize);
  return failure('MaximumAppendSizeExceeded', details);
}

/** A failed append: `google.rpc.Status` with a message of this type in it. */
function failure(type: string, details: Message): streams.BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new streams.BatchAppendResp().setError(new rpc.Status().setMessage(type).setDetails(packed));
}
