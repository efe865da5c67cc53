import type { LeaseEvent, LeaseEventType } from '../../domain/dispatcher-lease/events.js';
import type { RecordedEvent } from '../ports/event-store.js';

/** Streams of leases: `dispatcherLease-webhooks`. */
export const dispatcherLeasePrefix = 'dispatcherLease-';

/** Who of several nodes sends the webhooks. */
export const dispatcherLeaseStream = `${dispatcherLeasePrefix}webhooks`;

const knownTypes: ReadonlySet<string> = new Set<LeaseEventType>([
  'LeaseTaken',
  'LeaseRenewed',
  'LeaseReleased',
]);

/** The one place that turns stored JSON into an event of a lease. */
export function decodeLeaseEvent(event: RecordedEvent): LeaseEvent {
  if (!knownTypes.has(event.type)) {
    throw new Error(`${event.stream} holds an event of the unknown type ${event.type}`);
  }
  return { type: event.type, data: event.data } as unknown as LeaseEvent;
}
