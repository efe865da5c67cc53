import { setImmediate as nextTurn } from 'node:timers/promises';

/** For how long commands are let go first, in milliseconds: then it is one's turn all the same. */
const longestWait = 20;

/**
 * Lets commands go first, for which clients wait. Who has much to do that can wait does a little of it at each turn.
 */
export class Courtesy {
  #last: Promise<void> = Promise.resolve();

  /** @param commands how many are under way on this node */
  constructor(private readonly commands: () => number) {}

  /**
   * Resolves at a turn of the event loop that nobody else gets here, in the order of asking, and while no command is
   * under way.
   */
  turn(): Promise<void> {
    this.#last = this.#last.then(() => this.#untilFree());
    return this.#last;
  }

  async #untilFree(): Promise<void> {
    const began = performance.now();
    do await nextTurn();
    while (this.commands() > 0 && performance.now() - began < longestWait);
  }
}
