import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { NoticeQuery } from '../../../application/notices/notice-feed.js';
import { NoticeReader } from '../../../application/notices/notice-reader.js';
import type { Notice } from '../../../application/notices/notice.js';
import { Wanted } from '../../../application/notices/wanted.js';
import type { Position } from '../../../application/ports/event-store.js';
import { HistoryProgress } from '../../../application/queries/history/history-progress.js';
import { PastReader } from '../../../application/queries/history/past-reader.js';
import { Metrics } from '../../operations/metrics.js';
import { LiveNotices } from './live-notices.js';
import { StreamClient } from './stream-client.js';

const beatMilliseconds = 15_000;
const clientsAtOnce = 50;
const eventsAtOnce = 100;

/** Bytes that may wait for a client that is told what was recorded before: then it is waited for. */
const ahead = 65_536;
/** Bytes that may wait for a client that is told what is recorded now: then it is cut off. */
const mostUnsent = 262_144;
/** How long a client that was cut off may take what still waits for it. */
const slowGraceMilliseconds = 5_000;

/**
 * All open streams. A client that is behind reads pages at its own pace; then it is told what is recorded as it is
 * recorded. One that does not keep up with that, or takes nothing any more, is cut off and told where to go on.
 */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  readonly #log = new Logger('events');
  readonly #open = new Set<StreamClient>();
  #beats: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(
    private readonly live: LiveNotices,
    private readonly notices: NoticeReader,
    private readonly progress: HistoryProgress,
    private readonly past: PastReader,
    private readonly metrics: Metrics,
  ) {}

  /** What a query wants of that which comes; {@link open} needs it. */
  wanted(query: NoticeQuery): Wanted {
    return new Wanted(query, this.#holders(query));
  }

  /** Tells what is wanted after a position until the client goes away, is cut off, or the server stops. Never throws. */
  open(response: ServerResponse, wanted: Wanted, after: Position): void {
    const client = new StreamClient(response, wanted, after);
    if (this.#isStopping) return client.end(goodbye);
    this.#open.add(client);
    this.metrics.streamsAreOpen(this.#open.size);
    this.#beats ??= setInterval(() => void this.#beat(), beatMilliseconds).unref();
    client.gone.addEventListener('abort', () => this.#closed(client), { once: true });
    this.#catchUp(client).catch((error: unknown) => {
      this.#log.error(error);
      client.end('the history cannot be read: connect again');
    });
  }

  onModuleDestroy(): void {
    this.#isStopping = true;
    clearInterval(this.#beats);
    for (const client of this.#open) client.end(goodbye);
  }

  async #catchUp(client: StreamClient): Promise<void> {
    const { filter, scope } = client.wanted.query;
    while (client.isOpen) {
      const after = client.position;
      const page = this.notices.page(filter, { ...scope, after, limit: eventsAtOnce });
      for (const together of byPosition(page.notices)) {
        client.tell(together.map((notice) => this.live.message(notice)));
        if (client.unsent > ahead) await client.drained();
        if (!client.isOpen) return;
      }
      client.passed(page.reached);
      // Nothing was recorded while the client was waited for: it knows everything there is.
      if (page.isLast && page.reached >= this.progress.position) return this.#join(client);
      await nextTurn();
    }
  }

  #join(client: StreamClient): void {
    this.live.join(client, () => {
      if (client.unsent > mostUnsent) this.#cutOff(client);
    });
  }

  #cutOff(client: StreamClient): void {
    const { position, unsent } = client;
    this.#log.warn({ position, unsent }, 'a stream of events was cut off: the client does not keep up');
    this.metrics.streamCutOff();
    client.end('too slow: connect again, Last-Event-ID says from where', slowGraceMilliseconds);
  }

  #closed(client: StreamClient): void {
    this.#open.delete(client);
    this.metrics.streamsAreOpen(this.#open.size);
  }

  async #beat(): Promise<void> {
    for (const [index, client] of [...this.#open].entries()) {
      if (client.isStuck()) this.#cutOff(client);
      else if (client.isOpen && client.unsent <= ahead) client.beat();
      if (index % clientsAtOnce === clientsAtOnce - 1) await nextTurn();
    }
  }

  #holders({ scope: { everNamed } }: NoticeQuery): readonly string[] {
    if (everNamed === undefined) return [];
    return this.past.namesHeld({ name: everNamed }, this.progress.position).map(({ modelId }) => modelId);
  }
}

const goodbye = 'the server stops: connect again';

/** In lists of those that have the same position. */
function byPosition(notices: readonly Notice[]): readonly (readonly Notice[])[] {
  const lists: Notice[][] = [];
  for (const notice of notices) {
    const last = lists.at(-1);
    if (last?.[0]?.position === notice.position) last.push(notice);
    else lists.push([notice]);
  }
  return lists;
}
