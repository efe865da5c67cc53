import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { sizeOf } from './appending.js';
import { batchReplies } from './batch-replies.js';
import type { ExpectedRevision } from './commit-check.js';
import type { Caller, Door } from './door.js';
import type { EventLog } from './event-log.js';
import { identifierOf, nameOf, proposedEvent, uuidOf } from './messages.js';
import type { ProposedEvent } from './recorded-event.js';
import { asRefusal, Refusal } from './refusals.js';

type BatchAppend = handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp>;

/** An append on its way: its events may come in several messages. */
interface Batch {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** By the client's clock. */
  readonly deadline: number;
  readonly events: ProposedEvent[];
}

/**
 * BatchAppend: one call for all appends of a client, each with a correlation id. What is wrong with an append is in its
 * answer; only what is wrong with the server ends the call, and with it all appends that are on their way.
 */
export function batchAppend(log: EventLog, door: Door, maximumSize: number): BatchAppend {
  return (call) => {
    const batches = new Map<string, Batch>();
    const fail = (error: unknown) => call.emit('error', asRefusal(error));

    call.on('data', (message: streams.BatchAppendReq) => {
      const id = uuidOf(message.getCorrelationId());
      const options = message.getOptions();
      const batch = options === undefined ? batches.get(id) : begun(options);
      if (batch === undefined) return;
      batches.set(id, batch);
      const answer = (reply: streams.BatchAppendResp) => {
        batches.delete(id);
        const stream = identifierOf(batch.stream);
        call.write(reply.setCorrelationId(message.getCorrelationId()).setStreamIdentifier(stream));
      };
      const problem = problemOf(batch, message, maximumSize);
      if (problem !== undefined) answer(problem);
      else if (message.getIsFinal()) commit(log, door, call, batch).then(answer).catch(fail);
    });

    void door.serve(call, 'batchAppend', fail, async (cancelled) => {
      await new Promise((resolve) => {
        for (const event of ['end', 'error']) call.once(event, resolve);
        cancelled.addEventListener('abort', resolve);
      });
      call.end();
    });
  };
}

/** Takes what a message brings to a batch, and says what is wrong with it. */
function problemOf(
  batch: Batch,
  message: streams.BatchAppendReq,
  maximumSize: number,
): streams.BatchAppendResp | undefined {
  try {
    batch.events.push(...message.getProposedMessagesList().map(proposedEvent));
  } catch (error) {
    return batchReplies.badRequest(String(error));
  }
  if (batch.deadline <= Date.now()) return batchReplies.timeout();
  return sizeOf(batch.events) > maximumSize ? batchReplies.tooLarge(maximumSize) : undefined;
}

async function commit(
  log: EventLog,
  door: Door,
  call: Caller,
  { stream, expected, events }: Batch,
): Promise<streams.BatchAppendResp> {
  try {
    const fault = await door.admit(call, 'batchAppend', 'write', stream);
    const reply = batchReplies.to(stream, expected, log.append(stream, expected, events));
    door.release(call, fault);
    return reply;
  } catch (error) {
    const isDenied = error instanceof Refusal && error.code === status.PERMISSION_DENIED;
    if (isDenied) return batchReplies.accessDenied();
    throw error;
  }
}

function begun(options: streams.BatchAppendReq.Options): Batch {
  return {
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
