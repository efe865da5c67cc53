import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Gives each who asks a turn of the event loop of its own, in the order of asking: however many webhooks are behind,
 * only one of them reads before it is the turn of everything else again.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next(): Promise<unknown> {
    this.#last = this.#last.then(() => nextTurn());
    return this.#last;
  }
}
