import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { CallLog } from './calls.js';
import type { Door } from './door.js';
import { filterOf } from './event-filter.js';
import type { EventLog } from './event-log.js';
import { identifierOf, nameOf, readEvent } from './messages.js';
import type { RecordedEvent } from './recorded-event.js';
import { refusals } from './refusals.js';
import type { Subscriptions } from './subscribing.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Read: the events of a stream or of `$all`, once; or, if the client asks for a subscription, for ever. */
export function read(
  log: EventLog,
  door: Door,
  calls: CallLog,
  subscriptions: Subscriptions,
): handleServerStreamingCall<streams.ReadReq, streams.ReadResp> {
  return (call) => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    const method = options.hasSubscription() ? 'subscribe' : 'read';
    const cancelled = new AbortController();
    call.once('cancelled', () => {
      calls.cancelled(method);
      cancelled.abort();
    });
    void (async () => {
      calls.opened(method, 1);
      try {
        const fault = await door.admit(call, method, 'read', streamOf(options));
        if (method === 'subscribe') {
          await subscriptions.run(call, options, fault, cancelled.signal);
        } else {
          for (const message of messages(log, options)) await send(call, message, cancelled.signal);
          await door.release(call, fault);
          call.end();
        }
      } catch (error) {
        if (!cancelled.signal.aborted) call.emit('error', error);
      } finally {
        calls.opened(method, -1);
      }
    })();
  };
}

/** Writes a message and waits until the client has room for another. */
export async function send(call: ReadCall, message: streams.ReadResp, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!call.write(message)) await once(call, 'drain', { signal });
}

/** The stream that is to be read, `$all` included. */
export function streamOf(options: streams.ReadReq.Options): string {
  return options.hasAll() ? '$all' : nameOf(options.getStream()?.getStreamIdentifier());
}

/** Whether the client wants UUIDs as text, or as halves. */
export function uuidFormOf(options: streams.ReadReq.Options): 'text' | 'halves' {
  return options.getUuidOption()?.hasString() === true ? 'text' : 'halves';
}

/** The position of a client in `$all`, if it is one that the log has. */
export function knownPosition(log: EventLog, text: string | undefined): bigint {
  const position = BigInt(text ?? 0);
  if (position !== 0n && !log.isBoundary(position)) throw refusals.invalidPosition();
  return position;
}

function messages(log: EventLog, options: streams.ReadReq.Options): streams.ReadResp[] {
  const stream = streamOf(options);
  if (stream !== '$all' && log.isTombstoned(stream)) throw refusals.streamDeleted(stream);
  if (stream !== '$all' && (log.lastRevision(stream) < 0n || log.isSoftDeleted(stream))) {
    const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream));
    return [new streams.ReadResp().setStreamNotFound(notFound)];
  }
  const passes = filterOf(options)?.passes ?? (() => true);
  return (options.hasAll() ? allEvents(log, options) : streamEvents(log, options))
    .filter(passes)
    .slice(0, Number(options.getCount()))
    .map((event) => readEvent(event, uuidFormOf(options)));
}

/** The revision or position to begin with is included; only of `$all` backwards it is not. */
function allEvents(log: EventLog, options: streams.ReadReq.Options): RecordedEvent[] {
  const all = options.getAll();
  if (isBackwards(options)) {
    if (all?.hasStart() === true) return [];
    return log
      .before(all?.hasEnd() === true ? log.end : knownPosition(log, all?.getPosition()?.getCommitPosition()))
      .reverse();
  }
  if (all?.hasEnd() === true) return [];
  return log.from(knownPosition(log, all?.getPosition()?.getCommitPosition()));
}

function streamEvents(log: EventLog, options: streams.ReadReq.Options): RecordedEvent[] {
  const stream = options.getStream();
  const events = log.stream(streamOf(options));
  const from = stream?.hasRevision() === true ? BigInt(stream.getRevision()) : 0n;
  if (!isBackwards(options)) {
    return stream?.hasEnd() === true ? [] : events.filter(({ revision }) => revision >= from);
  }
  return (stream?.hasEnd() === true ? events : events.filter(({ revision }) => revision <= from)).reverse();
}

function isBackwards(options: streams.ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}
