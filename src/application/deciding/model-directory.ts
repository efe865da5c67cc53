import { LRUCache } from 'lru-cache';
import type { NameClaims } from './name-claims.js';

/**
 * Which model a name leads to, as far as this node knows. Only a lead: the model itself knows whether it still has the
 * name, and refuses a command under another one.
 */
export class ModelDirectory {
  readonly #known = new LRUCache<string, string>({ max: 100_000 });

  constructor(private readonly claims: NameClaims) {}

  /** Id of the model that holds or claims the name, possibly from memory. */
  async find(name: string): Promise<string | undefined> {
    return this.#known.get(name) ?? (await this.lookUp(name));
  }

  /** The same, straight from the log. */
  async lookUp(name: string): Promise<string | undefined> {
    const claim = await this.claims.holderOf(name);
    if (claim === undefined) this.#known.delete(name);
    else this.#known.set(name, claim.modelId);
    return claim?.modelId;
  }
}
