import { wants } from '../../domain/notices/notice-filter.js';
import type { Notice } from '../notices/notice.js';
import type { Position } from '../ports/event-store.js';
import type { DeliveriesReader } from '../queries/subscribers/deliveries-reader.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import type { DispatchingParts } from './dispatching-parts.js';
import type { Lane } from './lane.js';
import type { RecentNotices } from './recent-notices.js';

/** What is read in one turn holds up everything else: a few milliseconds. */
const lookedAtOnce = 100;
/** Two are found in so many as a rule, and only the first one is sent now. */
const lookedAtOnceByLane = 16;

/** Part of what there is to tell. */
export interface Slice {
  readonly notices: readonly Notice[];
  /** Everything up to here has been looked at. */
  readonly reached: Position;
  /** How many events were looked at, about. */
  readonly looked: number;
}

/** What one webhook wants to be told and has not been told yet. */
export class NoticeScan {
  /** Up to here notices may have been attempted before; behind it none was. */
  readonly #attemptedBefore: Position;

  constructor(
    private readonly parts: Pick<DispatchingParts, 'notices' | 'requests'> & {
      readonly deliveries: DeliveriesReader;
    },
    private readonly webhook: WebhookView,
    private readonly recent: RecentNotices,
  ) {
    const [newest] = parts.deliveries.deliveries(webhook.id, {}, { limit: 1 }).items;
    this.#attemptedBefore = newest?.notice.position ?? 0;
  }

  /** Whether what follows a position is so old that it has to be read for this webhook alone. */
  isBehind(position: Position): boolean {
    return this.recent.since(position) === undefined;
  }

  /** The next ones after a position: of what all webhooks are told if it is that new, else read for this one alone. */
  after(position: Position): Slice {
    const { filter } = this.webhook;
    const recent = this.recent.since(position);
    if (recent !== undefined) {
      const tagsOf = (notice: Notice) => () => this.parts.notices.tagsOf(notice);
      const wanted = recent.notices.filter((notice) => wants(filter, notice, tagsOf(notice)));
      return { notices: this.#untold(wanted), reached: recent.reached, looked: recent.notices.length };
    }
    const page = this.parts.notices.page(filter, { after: position, limit: lookedAtOnce });
    const looked = page.isLast ? page.notices.length : lookedAtOnce;
    return { notices: this.#untold(page.notices), reached: page.reached, looked };
  }

  /** Gives a lane the next notice that the scan has passed over because of it, if one slice of the search finds it. */
  catchUp(lane: Lane): void {
    const { passed, modelId } = lane;
    if (passed === null) return;
    const { last } = passed;
    const range = { after: passed.first - 1, upTo: last, limit: lookedAtOnceByLane, modelId };
    const { notices, reached, isLast } = this.parts.notices.page(this.webhook.filter, range);
    const isUntold = (notice: Notice) => this.#canTell(notice) && !this.#hasBeenAttempted(notice);
    const first = notices.findIndex(isUntold);
    const following = first < 0 ? undefined : notices.slice(first + 1).find(isUntold);
    lane.fresh = notices[first] ?? null;
    if (following !== undefined) lane.passed = { first: following.position, last };
    else lane.passed = isLast || reached >= last ? null : { first: reached + 1, last };
  }

  #untold(notices: readonly Notice[]): readonly Notice[] {
    return notices.filter(
      (notice) =>
        this.#canTell(notice) && (notice.position > this.#attemptedBefore || !this.#hasBeenAttempted(notice)),
    );
  }

  #canTell(notice: Notice): boolean {
    return this.parts.requests.canTell(notice, this.webhook);
  }

  #hasBeenAttempted({ id }: Notice): boolean {
    return this.parts.deliveries.delivery(this.webhook.id, id) !== undefined;
  }
}
