import { decodeMetadata } from '../../application/history/event-metadata.js';
import type { Actor, Client } from '../../application/history/event-metadata.js';
import {
  decodeRefusedCommand,
  refusedCommandPrefix,
} from '../../application/history/refused-command-codec.js';
import type { CommandRefused } from '../../application/history/refused-command-codec.js';
import {
  decodeRegisteredModelEvent,
  modelIdOf,
  registeredModelPrefix,
} from '../../application/history/registered-model-codec.js';
import type { Position, RecordedEvent, Revision } from '../../application/ports/event-store.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';

/** A command that was refused. `at` is when, in milliseconds since the epoch. */
export type Refusal = CommandRefused & { readonly at: number };

/** What is the same for all kinds of entries. */
export interface Circumstances {
  readonly position: Position;
  readonly eventId: string;
  readonly modelId: string;
  readonly revision: Revision;
  readonly happenedAt: number;
  /** In the log that it was recorded in first. */
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly client: Client;
  readonly requestId: string;
  readonly correlationId: string;
  readonly causationId: string;
}

export interface RecordedChange {
  readonly event: RegisteredModelEvent | Refusal;
  readonly circumstances: Circumstances;
}

const nobody: Actor = { type: 'unauthenticated', id: 'unauthenticated', authentication: 'unauthenticated' };
const nowhere: Client = { address: '', userAgent: null };

/** Reads an event of the log for the history. */
export function recordedChange(recorded: RecordedEvent): RecordedChange {
  const { stream, position, id: eventId, revision } = recorded;
  const metadata = decodeMetadata(recorded.metadata);
  const firstRecordedAt = recorded.metadata['firstRecordedAt'];
  const event = decode(recorded);
  const correlationId = metadata.$correlationId ?? eventId;
  return {
    event,
    circumstances: {
      position,
      eventId,
      revision,
      modelId: stream.startsWith(registeredModelPrefix)
        ? modelIdOf(stream)
        : stream.slice(refusedCommandPrefix.length),
      happenedAt: event.at,
      recordedAt: typeof firstRecordedAt === 'string' ? Date.parse(firstRecordedAt) : recorded.recordedAt,
      actor: metadata.actor ?? nobody,
      client: metadata.client ?? nowhere,
      requestId: metadata.requestId ?? correlationId,
      correlationId,
      causationId: metadata.$causationId ?? correlationId,
    },
  };
}

function decode(recorded: RecordedEvent): RegisteredModelEvent | Refusal {
  if (recorded.stream.startsWith(registeredModelPrefix)) return decodeRegisteredModelEvent(recorded);
  const at = Date.parse(decodeMetadata(recorded.metadata).happenedAt);
  return { ...decodeRefusedCommand(recorded), at };
}
