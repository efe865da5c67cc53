import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import { Query } from '../statements.js';

/** How many names one page looks at: a few milliseconds of work. */
const namesLookedAt = 20_000;

const pastEveryText = '\u{10ffff}';

interface NamesPage {
  /** Exclusive. */
  readonly after?: string | undefined;
  /** Inclusive. */
  readonly from?: string | undefined;
  readonly prefix: string;
  readonly limit: number;
}

/** The names that models had as of a position, in byte order. */
export class PastNames {
  readonly #after: Query;
  readonly #from: Query;
  readonly #reach: Query;

  constructor(db: DatabaseSync) {
    this.#after = new Query(db, held('name > ?1'));
    this.#from = new Query(db, held('name >= ?1'));
    this.#reach = new Query(
      db,
      'SELECT name FROM history_names WHERE name > ? AND name <= ? ORDER BY name LIMIT 1 OFFSET ?',
    );
  }

  /** `end` is the name after which to go on. */
  page(asOf: Position, { after, from, prefix, limit }: NamesPage) {
    const start = after ?? from ?? prefix;
    const reach = this.#reach.first(start, prefix + pastEveryText, namesLookedAt);
    const stop = reach === undefined ? prefix + pastEveryText : String(reach[0]);
    const query = after === undefined ? this.#from : this.#after;
    const rows = query.all(start < prefix ? prefix : start, stop, asOf, limit + 1);
    const found = rows.slice(0, limit).map(([name, model]) => ({ name: String(name), model: Number(model) }));
    if (rows.length > limit) return { found, end: found.at(-1)?.name };
    return { found, end: reach === undefined ? undefined : stop };
  }
}

function held(beginning: string): string {
  return `
    SELECT name, model FROM history_names
    WHERE ${beginning} AND name <= ?2 AND from_position <= ?3 AND to_position > ?3
    ORDER BY name LIMIT ?4`;
}
