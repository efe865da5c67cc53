import { createHash } from 'node:crypto';

/** Streams of named consumers: `consumer-<SHA-256 of the name>`. */
export const consumerPrefix = 'consumer-';

/** Its name is all that a consumer is: the stream of a name is that of everybody who ever had it. */
export function consumerStream(name: string): string {
  return consumerPrefix + createHash('sha256').update(name).digest('hex');
}
