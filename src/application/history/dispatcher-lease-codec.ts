/** Streams of leases: `dispatcherLease-webhooks`. */
export const dispatcherLeasePrefix = 'dispatcherLease-';

/** Who of several nodes sends the webhooks. */
export const dispatcherLeaseStream = `${dispatcherLeasePrefix}webhooks`;
