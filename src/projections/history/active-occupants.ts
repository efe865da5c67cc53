import { LRUCache } from 'lru-cache';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { StageOccupants } from '../../application/notices/notice.js';
import { activeStages } from '../../domain/registered-model/stage.js';
import type { ActiveStage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';
import { stageNumber } from './codes.js';

/** A version in a stage. */
interface Holding {
  readonly stage: number;
  readonly version: number;
  readonly from: Position;
  /** Exclusive. */
  readonly to: Position;
}

/** What is known of the time after a position. */
interface Outlook {
  /** Those who come. */
  readonly coming: readonly Holding[];
  /** Who comes from here on is not known. */
  readonly until: Position;
  /** Where the history was when this was found: who leaves later is not known. */
  readonly foundAt: Position;
}

/** Who was in the active stages of a model from one position until another, exclusive. */
interface Spell {
  readonly from: Position;
  readonly until: Position;
  readonly holdings: readonly Holding[];
  readonly occupants: StageOccupants;
  readonly outlook: Outlook;
}

/** Models, intervals of all together, and of one: where there are more, they are found anew each time. */
const kept = { max: 20_000, maxSize: 400_000, maxEntrySize: 1_000 };

/** How many of each stage are read ahead. */
const comingAtOnce = 16;

const byStart = 'history_stages_by_start';
const byEnd = 'history_stages_by_end';

/**
 * Finds who was in which active stage of a model. Whoever asks in log order pays for some of the changes only: what was
 * found last of a model lasts until somebody comes or goes, and the next ones who come are known by then.
 */
export class ActiveOccupants {
  readonly #spells = new LRUCache<number, Spell>({
    ...kept,
    sizeCalculation: ({ holdings, outlook }) => holdings.length + outlook.coming.length + 1,
  });
  readonly #holding: Query;
  readonly #begun: Query;
  readonly #coming: Query;

  /** @param reached how far the tables are complete */
  constructor(
    db: DatabaseSync,
    private readonly reached: () => Position,
  ) {
    this.#holding = new Query(db, ofEachStage(byEnd, 'to_position > ?2 AND from_position <= ?2'));
    this.#begun = new Query(
      db,
      ofEachStage(byStart, 'from_position > ?2 AND from_position <= ?3 AND to_position > ?3'),
    );
    this.#coming = new Query(
      db,
      ofEachStage(
        byStart,
        `from_position > ?2 AND from_position <= ?3 ORDER BY from_position LIMIT ${comingAtOnce}`,
      ),
    );
  }

  /** Right after the event at a position, which has been reached. By number. */
  asOf(model: number, position: Position): StageOccupants {
    const known = this.#spells.get(model);
    if (known && known.from <= position && position < known.until) return known.occupants;
    const spell =
      known && known.from <= position && position <= known.outlook.foundAt
        ? this.#later(model, known, position)
        : this.#found(model, position);
    this.#spells.set(model, spell);
    return spell.occupants;
  }

  #found(model: number, position: Position): Spell {
    const holdings = this.#holding.all(model, position).map(holding);
    return spellFrom(position, holdings, this.#outlook(model, position, this.reached()));
  }

  #later(model: number, { from, holdings, outlook }: Spell, position: Position): Spell {
    const staying = holdings.filter(({ to }) => to > position);
    if (position >= outlook.until) {
      const begun = this.#begun.all(model, from, position).map(holding);
      return spellFrom(position, [...staying, ...begun], this.#outlook(model, position, outlook.foundAt));
    }
    const coming: Holding[] = [];
    for (const one of outlook.coming) {
      if (one.from > position) coming.push(one);
      else if (one.to > position) staying.push(one);
    }
    return spellFrom(position, staying, { ...outlook, coming });
  }

  #outlook(model: number, position: Position, foundAt: Position): Outlook {
    const found = this.#coming.all(model, position, foundAt).map(holding);
    let until = foundAt + 1;
    for (const stage of activeStages.map(stageNumber)) {
      const there = found.filter((one) => one.stage === stage);
      // More may come where the last one does.
      if (there.length === comingAtOnce) until = Math.min(until, there.at(-1)?.from ?? until);
    }
    return { coming: found.filter(({ from }) => from < until), until, foundAt };
  }
}

function spellFrom(from: Position, holdings: readonly Holding[], outlook: Outlook): Spell {
  let { until } = outlook;
  for (const { to } of holdings) until = Math.min(until, to);
  for (const next of outlook.coming) until = Math.min(until, next.from);
  const occupants = { Staging: those('Staging', holdings), Production: those('Production', holdings) };
  return { from, until, holdings, occupants, outlook };
}

/** The intervals of a model in every active stage, along an index. */
function ofEachStage(index: string, condition: string): string {
  return activeStages
    .map(
      (stage) => `
        SELECT * FROM (
          SELECT stage, version, from_position, to_position FROM history_stages INDEXED BY ${index}
          WHERE model = ?1 AND stage = ${stageNumber(stage)} AND ${condition})`,
    )
    .join(' UNION ALL ');
}

function holding([stage, version, from, to]: Row): Holding {
  return { stage: Number(stage), version: Number(version), from: Number(from), to: Number(to) };
}

function those(name: ActiveStage, holdings: readonly Holding[]): readonly number[] {
  const stage = stageNumber(name);
  return holdings
    .filter((one) => one.stage === stage)
    .map(({ version }) => version)
    .sort((a, b) => a - b);
}
