import type { ConsumerView } from './subscriber-views.js';

/** The named consumers as this node knows them. */
export abstract class ConsumersReader {
  /** All, by name in byte order. */
  abstract all(): readonly ConsumerView[];

  /** Undefined when there is none, or none any more. */
  abstract consumer(name: string): ConsumerView | undefined;
}
