import { setTimeout as pause } from 'node:timers/promises';
import { consumerNotFound } from '../../domain/consumer/errors.js';
import type { NoticeFeed, Patience } from '../notices/notice-feed.js';
import type { NoticePage } from '../notices/notice-reader.js';
import type { ConsumersReader } from '../queries/subscribers/consumers-reader.js';
import type { ConsumerView } from '../queries/subscribers/subscriber-views.js';
import type { SubscribersProgress } from '../queries/subscribers/subscribers-progress.js';

/** What follows the checkpoint of a consumer. */
export interface ConsumerPage extends NoticePage {
  /** As it was when the notices were read. */
  readonly consumer: ConsumerView;
}

/** Notices for those whose place is kept here. To read moves no checkpoint: that is for acknowledgements to do. */
export class ConsumerFeed {
  constructor(
    private readonly consumers: ConsumersReader,
    private readonly progress: SubscribersProgress,
    private readonly feed: NoticeFeed,
  ) {}

  /**
   * The next notices after the checkpoint, as {@link NoticeFeed.next} has them. A paused consumer is given none. Who
   * waits sees at once when it is resumed, or when its checkpoint is moved.
   *
   * @throws RegistryError when there is no such consumer, or not any more.
   */
  async next(name: string, limit: number, { milliseconds, signal }: Patience): Promise<ConsumerPage> {
    const ends = performance.now() + milliseconds;
    for (;;) {
      const consumer = this.#existing(name);
      const patience = { milliseconds: ends - performance.now(), signal };
      const page = await this.#whileItStays(consumer, patience, (unchanged) =>
        this.#page(consumer, limit, unchanged),
      );
      if (signal.aborted || isOf(this.#existing(name), consumer, page)) return { ...page, consumer };
    }
  }

  #existing(name: string): ConsumerView {
    const consumer = this.consumers.consumer(name);
    if (consumer === undefined) throw consumerNotFound(name);
    return consumer;
  }

  async #page({ filter, checkpoint, paused }: ConsumerView, limit: number, patience: Patience) {
    if (!paused) return this.feed.next({ filter, scope: {} }, { after: checkpoint, limit }, patience);
    const { milliseconds, signal } = patience;
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
    return { notices: [], reached: checkpoint, isLast: true };
  }

  /** Looks with a patience that ends when the consumer has become another one. */
  async #whileItStays<Found>(
    consumer: ConsumerView,
    { milliseconds, signal }: Patience,
    look: (patience: Patience) => Promise<Found>,
  ): Promise<Found> {
    if (milliseconds <= 0) return look({ milliseconds, signal });
    const changed = new AbortController();
    const either = AbortSignal.any([signal, changed.signal]);
    const watching = this.#untilItChanges(consumer, either).then(() => changed.abort());
    try {
      return await look({ milliseconds, signal: either });
    } finally {
      changed.abort();
      await watching;
    }
  }

  async #untilItChanges({ name, revision }: ConsumerView, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { position } = this.progress;
      if (this.consumers.consumer(name)?.revision !== revision) return;
      await this.progress.movedPast(position, signal);
    }
  }
}

/**
 * Whether a page that was read for a consumer is right for what it is now. What another worker has acknowledged meanwhile
 * may be told twice; what the checkpoint was put back to may not be passed over.
 */
function isOf(now: ConsumerView, before: ConsumerView, { notices }: NoticePage): boolean {
  if (now.revision === before.revision) return true;
  const isAhead = !now.paused && now.createdAt === before.createdAt && now.checkpoint >= before.checkpoint;
  return isAhead && notices.length > 0;
}
