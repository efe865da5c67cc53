import { consumerPrefix, decodeConsumerEvent } from '../../application/history/consumer-codec.js';
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
import { decodeWebhookEvent, webhookPrefix } from '../../application/history/webhook-codec.js';
import type { Position, RecordedEvent, Revision } from '../../application/ports/event-store.js';
import type { ConsumerEvent } from '../../domain/consumer/events.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { WebhookEvent } from '../../domain/webhook/events.js';

/** A command that was refused. `at` is when, in milliseconds since the epoch. */
export type Refusal = CommandRefused & { readonly at: number };

/** What is the same for all kinds of entries. */
export interface Circumstances {
  readonly position: Position;
  readonly eventId: string;
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

/** What happened to a model. */
export interface ModelRecorded {
  readonly of: 'model';
  readonly modelId: string;
  readonly event: RegisteredModelEvent;
  readonly circumstances: Circumstances;
}

/** What was refused to a client of a model. */
export interface RefusalRecorded {
  readonly of: 'refusal';
  readonly modelId: string;
  readonly event: Refusal;
  readonly circumstances: Circumstances;
}

/** What happened to a webhook or a consumer. */
export interface SubscriberRecorded {
  readonly of: 'subscriber';
  readonly stream: string;
  readonly subscriber:
    | { readonly kind: 'webhook'; readonly event: WebhookEvent }
    | { readonly kind: 'consumer'; readonly event: ConsumerEvent };
  readonly circumstances: Circumstances;
}

export type RecordedChange = ModelRecorded | RefusalRecorded | SubscriberRecorded;

const nobody: Actor = { type: 'unauthenticated', id: 'unauthenticated', authentication: 'unauthenticated' };
const nowhere: Client = { address: '', userAgent: null };

/** Reads an event of the log for the history. */
export function recordedChange(recorded: RecordedEvent): RecordedChange {
  const { stream } = recorded;
  const circumstances = circumstancesOf(recorded);
  if (stream.startsWith(registeredModelPrefix)) {
    const event = decodeRegisteredModelEvent(recorded);
    return { of: 'model', modelId: modelIdOf(stream), event, circumstances };
  }
  if (stream.startsWith(webhookPrefix)) {
    const event = decodeWebhookEvent(recorded);
    return { of: 'subscriber', stream, subscriber: { kind: 'webhook', event }, circumstances };
  }
  if (stream.startsWith(consumerPrefix)) {
    const event = decodeConsumerEvent(recorded);
    return { of: 'subscriber', stream, subscriber: { kind: 'consumer', event }, circumstances };
  }
  const event = { ...decodeRefusedCommand(recorded), at: circumstances.happenedAt };
  return { of: 'refusal', modelId: stream.slice(refusedCommandPrefix.length), event, circumstances };
}

function circumstancesOf(recorded: RecordedEvent): Circumstances {
  const { position, id: eventId, revision } = recorded;
  const metadata = decodeMetadata(recorded.metadata);
  const { firstRecordedAt } = metadata;
  const correlationId = metadata.$correlationId ?? eventId;
  return {
    position,
    eventId,
    revision,
    happenedAt: Date.parse(metadata.happenedAt),
    recordedAt: firstRecordedAt === undefined ? recorded.recordedAt : Date.parse(firstRecordedAt),
    actor: metadata.actor ?? nobody,
    client: metadata.client ?? nowhere,
    requestId: metadata.requestId ?? correlationId,
    correlationId,
    causationId: metadata.$causationId ?? correlationId,
  };
}
