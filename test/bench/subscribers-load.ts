import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How many subscribers of which kind, at which server. */
export interface Subscription {
  readonly port: number;
  readonly streams: number;
  readonly webhooks: number;
}

/** How much has arrived. */
export interface Arrived {
  readonly streams: number;
  readonly webhooks: number;
}

/** The subscribers, in a process of their own, so that they share a thread with nothing. */
export class SubscribersProcess {
  readonly #child = fork(fileURLToPath(new URL('subscribers-process.js', import.meta.url)));

  /** Resolves when all are subscribed. */
  async subscribe(subscription: Subscription): Promise<void> {
    this.#child.send(subscription);
    const [failure] = (await once(this.#child, 'message')) as [string | null];
    if (failure !== null) throw new Error(failure);
  }

  /** Asked until nothing more arrives. */
  async arrived(): Promise<Arrived> {
    for (let before = -1; ;) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      this.#child.send('arrived');
      const [arrived] = (await once(this.#child, 'message')) as [Arrived];
      if (arrived.streams + arrived.webhooks === before) return arrived;
      before = arrived.streams + arrived.webhooks;
    }
  }

  stop(): void {
    this.#child.disconnect();
  }
}
