import { LRUCache } from 'lru-cache';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { StageOccupants } from '../../application/notices/notice.js';
import { activeStages } from '../../domain/registered-model/stage.js';
import type { ActiveStage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import type { Row } from '../statements.js';
import { stageNumber } from './codes.js';

interface Holding {
  readonly stage: number;
  readonly version: number;
  /** Exclusive. */
  readonly to: Position;
}

/** Who was in the active stages of a model from one position until another, exclusive. */
interface Spell {
  readonly from: Position;
  readonly until: Position;
  /** Where the history was when this was found: of later positions it says nothing. */
  readonly foundAt: Position;
  readonly holdings: readonly Holding[];
  readonly occupants: StageOccupants;
}

/** Models, occupants of all together, and of one: where there are more, they are found anew each time. */
const kept = { max: 20_000, maxSize: 200_000, maxEntrySize: 1_000 };

/**
 * Finds who was in which active stage of a model. Whoever asks in log order pays for the changes only: what was found
 * last of a model lasts until somebody comes or goes.
 */
export class ActiveOccupants {
  readonly #spells = new LRUCache<number, Spell>({
    ...kept,
    sizeCalculation: ({ holdings }) => holdings.length + 1,
  });
  readonly #holding: Query;
  readonly #begun: Query;
  readonly #next: Query;

  /** @param reached how far the tables are complete */
  constructor(
    db: DatabaseSync,
    private readonly reached: () => Position,
  ) {
    this.#holding = new Query(
      db,
      ofEach(
        (stage) => `
          SELECT stage, version, to_position FROM history_stages INDEXED BY history_stages_by_end
          WHERE model = ?1 AND stage = ${stage} AND to_position > ?2 AND from_position <= ?2`,
      ),
    );
    this.#begun = new Query(
      db,
      ofEach(
        (stage) => `
          SELECT stage, version, to_position FROM history_stages INDEXED BY history_stages_by_start
          WHERE model = ?1 AND stage = ${stage} AND from_position > ?2 AND from_position <= ?3 AND to_position > ?3`,
      ),
    );
    this.#next = new Query(
      db,
      `SELECT min(next) FROM (${ofEach(
        (stage) => `
          SELECT min(from_position) AS next FROM history_stages INDEXED BY history_stages_by_start
          WHERE model = ?1 AND stage = ${stage} AND from_position > ?2`,
      )})`,
    );
  }

  /** Right after the event at a position, which has been reached. By number. */
  asOf(model: number, position: Position): StageOccupants {
    const known = this.#spells.get(model);
    if (known && known.from <= position && position < known.until) return known.occupants;
    const spell =
      known && known.from <= position && position <= known.foundAt
        ? this.#spell(model, position, known.foundAt, this.#carriedOn(model, known, position))
        : this.#spell(model, position, this.reached(), this.#holding.all(model, position).map(holding));
    this.#spells.set(model, spell);
    return spell.occupants;
  }

  #carriedOn(model: number, { from, holdings }: Spell, position: Position): readonly Holding[] {
    const begun = this.#begun.all(model, from, position).map(holding);
    return [...holdings.filter(({ to }) => to > position), ...begun];
  }

  #spell(model: number, from: Position, foundAt: Position, holdings: readonly Holding[]): Spell {
    let until = foundAt + 1;
    for (const { to } of holdings) until = Math.min(until, to);
    until = Math.min(until, Number(this.#next.first(model, from)?.[0] ?? until));
    const occupants = { Staging: those('Staging', holdings), Production: those('Production', holdings) };
    return { from, until, foundAt, holdings, occupants };
  }
}

/** The same of every active stage, in one query. */
function ofEach(query: (stage: number) => string): string {
  return activeStages.map((stage) => query(stageNumber(stage))).join(' UNION ALL ');
}

function holding([stage, version, to]: Row): Holding {
  return { stage: Number(stage), version: Number(version), to: Number(to) };
}

function those(name: ActiveStage, holdings: readonly Holding[]): readonly number[] {
  const stage = stageNumber(name);
  return holdings
    .filter((one) => one.stage === stage)
    .map(({ version }) => version)
    .sort((a, b) => a - b);
}
