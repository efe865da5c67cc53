import type { EventFilter } from '../ports/event-store.js';
import { modelNamePrefix } from './model-name-codec.js';
import { refusedCommandPrefix } from './refused-command-codec.js';
import { registeredModelPrefix } from './registered-model-codec.js';

/** The streams that make up the log; a server of the log may hold those of others too. */
export const annalsStreams: EventFilter = {
  streamPrefixes: [registeredModelPrefix, modelNamePrefix, refusedCommandPrefix],
};
