/**
 * How many requests may be under way at once on this node. The first one to an endpoint always may, so that slow
 * endpoints can never keep a fast one waiting.
 */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(private readonly limit: number) {}

  /** @returns whether there was one. If not, `whenFree` is called once when it is worth asking again. */
  take(isFirstOfEndpoint: boolean, whenFree: () => void): boolean {
    if (isFirstOfEndpoint || this.#taken < this.limit) {
      this.#taken += 1;
      this.#waiting.delete(whenFree);
      return true;
    }
    this.#waiting.add(whenFree);
    return false;
  }

  free(): void {
    this.#taken -= 1;
    for (const next of this.#waiting) {
      if (this.#taken >= this.limit) return;
      this.#waiting.delete(next);
      next();
    }
  }

  /** Whoever waited does so no longer. */
  leave(whenFree: () => void): void {
    this.#waiting.delete(whenFree);
  }
}
