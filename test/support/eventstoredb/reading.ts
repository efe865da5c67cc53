import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { CallLog } from './calls.js';
import type { Door } from './door.js';
import { filterOf } from './event-filter.js';
import type { EventLog } from './event-log.js';
import { identifierOf, readEvent } from './messages.js';
import type { Send } from './read-options.js';
import { isBackwards, knownPosition, streamOf, uuidFormOf } from './read-options.js';
import type { RecordedEvent } from './recorded-event.js';
import { refusals } from './refusals.js';
import type { Subscriptions } from './subscribing.js';

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
    const fail = (error: Error) => call.emit('error', error);
    const send: Send = async (message, signal) => {
      signal.throwIfAborted();
      calls.sent(method);
      if (!call.write(message)) await once(call, 'drain', { signal });
    };
    void door.serve(call, method, fail, async (cancelled) => {
      const fault = await door.admit(call, method, 'read', streamOf(options));
      calls.opened(method, 1);
      try {
        if (method === 'subscribe') {
          await subscriptions.run(call, send, options, fault, cancelled);
        } else {
          for (const message of messages(log, options)) await send(message, cancelled);
          door.release(call, fault);
          call.end();
        }
      } finally {
        calls.opened(method, -1);
      }
    });
  };
}

function* messages(log: EventLog, options: streams.ReadReq.Options): Generator<streams.ReadResp> {
  const stream = streamOf(options);
  if (stream !== '$all' && log.isTombstoned(stream)) throw refusals.streamDeleted(stream);
  if (stream !== '$all' && (log.lastRevision(stream) < 0n || log.isSoftDeleted(stream))) {
    const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream));
    yield new streams.ReadResp().setStreamNotFound(notFound);
    return;
  }
  const events = options.hasAll() ? allEvents(log, options) : streamEvents(log, options);
  const passing = events.filter(filterOf(options)?.passes ?? (() => true));
  for (const event of passing.slice(0, Number(options.getCount()))) {
    yield readEvent(event, uuidFormOf(options));
  }
}

/** The revision or position to begin with is included; only of `$all` backwards it is not. */
function allEvents(log: EventLog, options: streams.ReadReq.Options): RecordedEvent[] {
  const all = options.getAll();
  if (isBackwards(options)) {
    if (all?.hasStart() === true) return [];
    const position = all?.getPosition()?.getCommitPosition();
    return log.before(all?.hasEnd() === true ? log.end : knownPosition(log, position)).toReversed();
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
  const before = stream?.hasEnd() === true ? events : events.filter(({ revision }) => revision <= from);
  return before.toReversed();
}
