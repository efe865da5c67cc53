import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { EventLog } from './event-log.js';
import { nameOf } from './messages.js';
import { refusals } from './refusals.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Writes a message to a read or a subscription, and waits until the client has room for another. */
export type Send = (message: streams.ReadResp, signal: AbortSignal) => Promise<void>;

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

export function isBackwards(options: streams.ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}
