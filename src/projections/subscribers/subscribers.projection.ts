import type { Projection } from '../projection.js';
import { consumerRows } from './consumer-rows.js';
import { deliveryRows } from './delivery-rows.js';
import type { SubscribersPart } from './subscribers-part.js';
import { webhookRows } from './webhook-rows.js';

const parts: readonly SubscribersPart[] = [webhookRows, deliveryRows, consumerRows];

/** Who is told what, how far they are, and what they were told. */
export const subscribersProjection: Projection = {
  name: 'subscribers',
  version: 1,
  filter: { streamPrefixes: [...new Set(parts.flatMap(({ streamPrefixes }) => streamPrefixes))] },
  create: (db) => parts.forEach((part) => part.create(db)),
  index: () => undefined,
  drop: (db) => parts.forEach((part) => part.drop(db)),
  open: (db) => {
    const opened = parts.map(({ streamPrefixes, open }) => ({ streamPrefixes, apply: open(db) }));
    return (event) => {
      for (const { streamPrefixes, apply } of opened) {
        if (streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) apply(event);
      }
    };
  },
};
