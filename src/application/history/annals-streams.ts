import type { EventFilter } from '../ports/event-store.js';
import { consumerPrefix } from './consumer-codec.js';
import { deliveriesPrefix } from './delivery-codec.js';
import { dispatcherLeasePrefix } from './dispatcher-lease-codec.js';
import { modelNamePrefix } from './model-name-codec.js';
import { refusedCommandPrefix } from './refused-command-codec.js';
import { registeredModelPrefix } from './registered-model-codec.js';
import { webhookPrefix } from './webhook-codec.js';

/** The streams that make up the log; a server of the log may hold those of others too. */
export const annalsStreams: EventFilter = {
  streamPrefixes: [
    registeredModelPrefix,
    modelNamePrefix,
    refusedCommandPrefix,
    webhookPrefix,
    deliveriesPrefix,
    consumerPrefix,
    dispatcherLeasePrefix,
  ],
};
