import { streamNameFilter } from '@eventstore/db-client';
import type { Filter } from '@eventstore/db-client';
import { passes } from '../event-store/event-filter.js';

/** How many events the server looks at before it says how far it has come. */
const checkpointEvery = 1_000;

/**
 * Which streams of a server are this log. Those of the system, whose names start with `$`, never are; other
 * applications may have streams of their own beside them.
 */
export class LogScope {
  readonly #prefixes: readonly string[] | undefined;

  /** @param prefixes how the names of the log's streams start; undefined when everything is the log's */
  constructor(prefixes?: readonly string[]) {
    this.#prefixes = prefixes;
  }

  includes(stream: string): boolean {
    if (stream.startsWith('$')) return false;
    return this.#prefixes === undefined || passes({ streamPrefixes: this.#prefixes }, stream);
  }

  /** A stream of the log that does not exist. */
  get missingStream(): string {
    return `${this.#prefixes?.[0] ?? ''}annals-probe`;
  }

  /** The same for the server, which then does not send the rest. */
  filter(checkpointReached: NonNullable<Filter['checkpointReached']>): Filter {
    const options = { maxSearchWindow: checkpointEvery, checkpointInterval: 1, checkpointReached };
    return this.#prefixes === undefined
      ? streamNameFilter({ regex: '^[^$]', ...options })
      : streamNameFilter({ prefixes: [...this.#prefixes], ...options });
  }
}
