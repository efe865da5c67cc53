import type { Position as ServerPosition, ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject, Position, RecordedEvent } from '../../application/ports/event-store.js';

/** An event as the server recorded it, `$all` or not. */
export type ServerEvent = NonNullable<ResolvedEvent['event']>;

/** The server does not say where in its log the events of a stream are. */
export class ServerTooOldError extends Error {
  override readonly name = 'ServerTooOldError';

  constructor(stream: string) {
    super(
      `EventStoreDB does not tell the positions of the events of stream ${stream}. ` +
        'Annals needs version 22.10 or newer of the server',
    );
  }
}

/** @throws ServerTooOldError */
export function toRecordedEvent(event: ServerEvent): RecordedEvent {
  const { streamId, id, type, data, metadata, revision, created } = event;
  return {
    stream: streamId,
    id,
    type,
    data: asObject(data),
    metadata: asObject(metadata),
    revision: Number(revision),
    position: positionOf(event),
    recordedAt: created.getTime(),
  };
}

/**
 * The commit position, which rises from event to event. The server hands it out by the byte, so that the numbers of
 * the first nine petabytes are exact.
 *
 * @throws ServerTooOldError
 */
export function positionOf({ streamId, position }: ServerEvent): Position {
  const commit = Number(position?.commit);
  if (!Number.isSafeInteger(commit)) throw new ServerTooOldError(streamId);
  return commit;
}

/** The other half is the place of the event's own record, which is the same for events that were appended as ours are. */
export function toServerPosition(position: Position): ServerPosition {
  return { commit: BigInt(position), prepare: BigInt(position) };
}

/** What somebody else wrote into a stream may be anything, and nobody's rules but the domain's can refuse it. */
function asObject(content: unknown): JsonObject {
  const isObject = typeof content === 'object' && content !== null && !ArrayBuffer.isView(content);
  return isObject ? (content as JsonObject) : {};
}
