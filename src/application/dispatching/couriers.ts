import type { Position } from '../ports/event-store.js';
import type { WebhookView } from '../queries/subscribers/subscriber-views.js';
import { Courier } from './courier.js';
import type { Shared } from './courier.js';
import type { DispatchingParts } from './dispatching-parts.js';
import type { RecentNotices } from './recent-notices.js';
import { Slots } from './slots.js';
import { Turns } from './turns.js';
import { termsOf } from './terms.js';

/** So many requests are under way at once on this node, to all endpoints together. */
const widest = 256;
const firstPause = 1_000;
const longestPause = 30_000;

/** How far one webhook has been told. */
export interface CourierStatus {
  readonly webhookId: string;
  /** Undefined while it is getting ready. */
  readonly position: Position | undefined;
  readonly isCircuitOpen: boolean;
}

interface Post {
  readonly courier: Courier;
  readonly running: Promise<void>;
  readonly terms: string;
  revision: number;
}

/** Why no courier is begun for a webhook. */
interface Absence {
  /** Nothing until the webhook has another revision; undefined if only the time matters. */
  readonly atRevision: number | undefined;
  readonly until: number;
  readonly pause: number;
}

/** The couriers of a node: one for each active webhook. */
export class Couriers {
  readonly #posts = new Map<string, Post>();
  readonly #absent = new Map<string, Absence>();
  readonly #stop = new AbortController();
  readonly #shared: Shared;

  /** @param needAttention told when a courier has ended, or is to be begun again */
  constructor(
    private readonly parts: DispatchingParts,
    recent: RecentNotices,
    maySend: () => boolean,
    private readonly needAttention: () => void,
  ) {
    this.#shared = { slots: new Slots(widest), recent, turns: new Turns(), maySend };
  }

  status(): readonly CourierStatus[] {
    return [...this.#posts].map(([webhookId, { courier }]) => {
      const { position, isCircuitOpen } = courier;
      return { webhookId, position, isCircuitOpen };
    });
  }

  /** Begins and stops couriers as the webhooks demand. */
  attend(): void {
    const all = this.parts.webhooks.all();
    const active = new Map(all.filter(({ status }) => status === 'active').map((one) => [one.id, one]));
    for (const [id, post] of this.#posts) {
      const webhook = active.get(id);
      if (webhook === undefined || post.terms !== termsOf(this.parts, webhook)) post.courier.stop();
      else if (webhook.revision !== post.revision) {
        post.revision = webhook.revision;
        post.courier.changed();
      }
    }
    for (const webhook of active.values()) {
      if (!this.#posts.has(webhook.id) && this.#mayBegin(webhook)) this.#begin(webhook);
    }
  }

  /** Nothing more is begun. */
  stop(): void {
    this.#stop.abort();
    for (const { courier } of this.#posts.values()) courier.stop();
  }

  cut(): void {
    this.stop();
    for (const { courier } of this.#posts.values()) courier.cut();
  }

  /** Resolves when all have ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#posts.values()].map(({ running }) => running));
  }

  #mayBegin({ id, revision }: WebhookView): boolean {
    const absence = this.#absent.get(id);
    if (this.#stop.signal.aborted) return false;
    if (absence === undefined) return true;
    return absence.atRevision !== revision && absence.until <= this.parts.timing.now();
  }

  #begin(webhook: WebhookView): void {
    const terms = termsOf(this.parts, webhook);
    const courier = new Courier(this.parts, this.#shared, webhook, terms);
    const running = courier
      .run()
      .then(
        () => this.#retire(webhook.id),
        (error: unknown) => this.#takeBreak(webhook, error),
      )
      .finally(() => {
        this.#posts.delete(webhook.id);
        this.needAttention();
      });
    const { revision } = webhook;
    this.#posts.set(webhook.id, { courier, running, terms, revision });
  }

  /** It was stopped, by others or because it gave its endpoint up: it begins again when the webhook is another one. */
  #retire(id: string): void {
    this.#absent.set(id, { atRevision: this.#posts.get(id)?.revision, until: 0, pause: 0 });
  }

  #takeBreak({ id }: WebhookView, error: unknown): void {
    const { timing, log } = this.parts;
    if (this.#stop.signal.aborted) return;
    const before = this.#absent.get(id);
    const isSoonAgain = before !== undefined && timing.now() - before.until < longestPause;
    const pause = isSoonAgain ? Math.min(Math.max(2 * before.pause, firstPause), longestPause) : firstPause;
    this.#absent.set(id, { atRevision: undefined, until: timing.now() + pause, pause });
    log.error({ webhook: id, err: error, pause }, 'a webhook is not told anything for a while');
    void timing.pause(pause, this.#stop.signal).then(() => this.needAttention());
  }
}
