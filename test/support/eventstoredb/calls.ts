import { EventEmitter, once } from 'node:events';

export type Method =
  'append' | 'batchAppend' | 'read' | 'subscribe' | 'delete' | 'tombstone' | 'gossip' | 'serverFeatures';

/** Both ways to append. */
export const appends: readonly Method[] = ['append', 'batchAppend'];

export const allMethods: readonly Method[] = [
  ...appends,
  'read',
  'subscribe',
  'delete',
  'tombstone',
  'gossip',
  'serverFeatures',
];

/** What clients have asked for since the process started. */
export interface Calls {
  /** How often a method was called. Each batch of a batch append counts. */
  readonly made: Readonly<Record<Method, number>>;
  /** How many calls the client gave up, or lost with its connection. A batch append counts as one, whatever it carried. */
  readonly cancelled: Readonly<Record<Method, number>>;
  /** Calls of read and subscribe that have not ended. */
  readonly open: { readonly read: number; readonly subscribe: number };
  /** Messages that have been written to those. */
  readonly sent: { readonly read: number; readonly subscribe: number };
  readonly connections: number;
  /** Rises with every change of the above. */
  readonly version: number;
}

/** Counts the calls, and tells whoever waits for the next. */
export class CallLog {
  readonly #made = none();
  readonly #cancelled = none();
  readonly #open = { read: 0, subscribe: 0 };
  readonly #sent = { read: 0, subscribe: 0 };
  readonly #changes = new EventEmitter();
  #connections = 0;
  #version = 1;

  began(method: Method): void {
    this.#made[method] += 1;
    this.#changed();
  }

  cancelled(method: Method): void {
    this.#cancelled[method] += 1;
    this.#changed();
  }

  opened(method: 'read' | 'subscribe', change: 1 | -1): void {
    this.#open[method] += change;
    this.#changed();
  }

  sent(method: 'read' | 'subscribe'): void {
    this.#sent[method] += 1;
    this.#changed();
  }

  connected(change: 1 | -1): void {
    this.#connections += change;
    this.#changed();
  }

  /** The calls, as soon as there is a newer version than this. */
  async newerThan(version: number): Promise<Calls> {
    if (version === this.#version) await once(this.#changes, 'changed');
    return {
      made: this.#made,
      cancelled: this.#cancelled,
      open: this.#open,
      sent: this.#sent,
      connections: this.#connections,
      version: this.#version,
    };
  }

  #changed(): void {
    this.#version += 1;
    this.#changes.emit('changed');
  }
}

function none(): Record<Method, number> {
  return Object.fromEntries(allMethods.map((method) => [method, 0])) as Record<Method, number>;
}
