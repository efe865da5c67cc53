import { Injectable, Logger } from '@nestjs/common';
import { Courtesy } from '../../../application/deciding/courtesy.js';
import { Envelopes } from '../../../application/notices/envelopes.js';
import type { NoticePage } from '../../../application/notices/notice-reader.js';
import { NoticeReader } from '../../../application/notices/notice-reader.js';
import type { Notice } from '../../../application/notices/notice.js';
import type { Position } from '../../../application/ports/event-store.js';
import { HistoryProgress } from '../../../application/queries/history/history-progress.js';
import { everyNotice } from '../../../domain/notices/notice-filter.js';
import { Stopping } from '../../stopping.js';
import type { StreamClient } from './stream-client.js';
import { StreamMessage, streamBytes } from './stream-message.js';

const eventsAtOnce = 100;
const clientsAtOnce = 25;

/** Called when a client has been told something. */
type AfterTold = (client: StreamClient) => void;

/**
 * Tells every new notice to those who know all before it. Each is read once and made into text once; then the clients
 * have their turns, some at a time, so that nothing else has to wait for all of them.
 */
@Injectable()
export class LiveNotices {
  readonly #log = new Logger('events');
  readonly #clients = new Map<StreamClient, AfterTold>();
  #position: Position = 0;
  #isFollowing = false;

  constructor(
    private readonly notices: NoticeReader,
    private readonly progress: HistoryProgress,
    private readonly envelopes: Envelopes,
    private readonly stopping: Stopping,
    private readonly courtesy: Courtesy,
  ) {}

  message(notice: Notice): StreamMessage {
    return new StreamMessage(notice, this.envelopes, (one) => this.notices.tagsOf(one));
  }

  /** From now on tells a client what comes after its position, which has to be where the history is just now. */
  join(client: StreamClient, afterTold: AfterTold): void {
    this.#clients.set(client, afterTold);
    client.gone.addEventListener('abort', () => this.#clients.delete(client), { once: true });
    if (this.#isFollowing) return;
    this.#position = client.position;
    void this.#follow();
  }

  /** While there is anybody to tell. */
  async #follow(): Promise<void> {
    this.#isFollowing = true;
    try {
      while (this.#clients.size > 0 && !this.stopping.signal.aborted) {
        await this.courtesy.turn();
        const page = this.notices.page(everyNotice, { after: this.#position, limit: eventsAtOnce });
        await this.#tell(page);
        this.#position = page.reached;
        if (page.isLast) await this.progress.movedPast(page.reached, this.stopping.signal);
      }
    } catch (error) {
      this.#log.error(error);
      for (const client of this.#clients.keys()) client.end('the history cannot be read: connect again');
    } finally {
      this.#isFollowing = false;
    }
  }

  async #tell({ notices, reached }: NoticePage): Promise<void> {
    const messages = notices.map((notice) => this.message(notice));
    const bytes = streamBytes(messages);
    let turn = 0;
    for (const [client, afterTold] of this.#clients) {
      if (!client.isOpen) continue;
      if (client.wanted.isEverything && client.position <= this.#position) client.write(bytes);
      else client.tell(messages.filter((message) => client.wants(message)));
      client.passed(reached);
      if (messages.length === 0) continue;
      afterTold(client);
      turn += 1;
      if (turn % clientsAtOnce === 0) await this.courtesy.turn();
    }
  }
}
