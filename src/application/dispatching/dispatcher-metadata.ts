import { hostname } from 'node:os';
import type { EventMetadata } from '../history/event-metadata.js';

/** Which process of the service this is, to people: name of the machine and process id. */
export const thisNode = `${hostname()}/${process.pid}`;

/** What an event of the dispatcher is about, if it is about an event. */
export interface Cause {
  readonly eventId: string;
  readonly correlationId: string;
}

/** Metadata of what the service does by itself when it tells webhooks. What has no cause is its own. */
export function dispatcherMetadata(eventId: string, at: number, cause: Cause | null): EventMetadata {
  return {
    schemaVersion: 1,
    actor: { type: 'system', id: 'dispatcher', authentication: 'system' },
    client: { address: thisNode, userAgent: null },
    requestId: eventId,
    $correlationId: cause?.correlationId ?? eventId,
    $causationId: cause?.eventId ?? eventId,
    happenedAt: new Date(at).toISOString(),
  };
}
