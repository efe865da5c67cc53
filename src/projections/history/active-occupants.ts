import { LRUCache } from 'lru-cache';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { StageOccupants } from '../../application/notices/notice.js';
import { activeStages } from '../../domain/registered-model/stage.js';
import type { ActiveStage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import { stageNumber } from './codes.js';

interface Holding {
  readonly stage: ActiveStage;
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

const kept = 2_000;
/** A spell of more than these is found anew each time: thousands of models that have them would fill the memory. */
const rememberedAtMost = 1_000;

/**
 * Finds who was in which active stage of a model. Whoever asks in log order pays for the changes only: what was found
 * last of a model lasts until somebody comes or goes.
 */
export class ActiveOccupants {
  readonly #spells = new LRUCache<number, Spell>({ max: kept });
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
      `SELECT version, to_position FROM history_stages INDEXED BY history_stages_by_end
       WHERE model = ? AND stage = ? AND to_position > ? AND from_position <= ?`,
    );
    this.#begun = new Query(
      db,
      `SELECT version, to_position FROM history_stages INDEXED BY history_stages_by_start
       WHERE model = ? AND stage = ? AND from_position > ? AND from_position <= ? AND to_position > ?`,
    );
    this.#next = new Query(
      db,
      `SELECT min(from_position) FROM history_stages INDEXED BY history_stages_by_start
       WHERE model = ? AND stage = ? AND from_position > ?`,
    );
  }

  /** Right after the event at a position, which has been reached. By number. */
  asOf(model: number, position: Position): StageOccupants {
    const known = this.#spells.get(model);
    if (known && known.from <= position && position < known.until) return known.occupants;
    const spell =
      known && known.from <= position && position <= known.foundAt
        ? this.#spell(model, position, known.foundAt, this.#carriedOn(model, known, position))
        : this.#spell(model, position, this.reached(), this.#holdings(model, position));
    if (spell.holdings.length <= rememberedAtMost) this.#spells.set(model, spell);
    else this.#spells.delete(model);
    return spell.occupants;
  }

  #holdings(model: number, position: Position): readonly Holding[] {
    return activeStages.flatMap((stage) =>
      this.#found(stage, this.#holding, model, stageNumber(stage), position, position),
    );
  }

  #carriedOn(model: number, { from, holdings }: Spell, position: Position): readonly Holding[] {
    const begun = activeStages.flatMap((stage) =>
      this.#found(stage, this.#begun, model, stageNumber(stage), from, position, position),
    );
    return [...holdings.filter(({ to }) => to > position), ...begun];
  }

  #spell(model: number, from: Position, foundAt: Position, holdings: readonly Holding[]): Spell {
    let until = foundAt + 1;
    for (const { to } of holdings) until = Math.min(until, to);
    for (const stage of activeStages) {
      const [next] = this.#next.first(model, stageNumber(stage), from) ?? [];
      until = Math.min(until, Number(next ?? until));
    }
    const occupants = { Staging: those('Staging', holdings), Production: those('Production', holdings) };
    return { from, until, foundAt, holdings, occupants };
  }

  #found(stage: ActiveStage, query: Query, ...values: readonly number[]): readonly Holding[] {
    return query.all(...values).map(([version, to]) => ({ stage, version: Number(version), to: Number(to) }));
  }
}

function those(stage: ActiveStage, holdings: readonly Holding[]): readonly number[] {
  return holdings
    .filter((one) => one.stage === stage)
    .map(({ version }) => version)
    .sort((a, b) => a - b);
}
