import type { DatabaseSync } from 'node:sqlite';
import type { PageOf } from '../../application/queries/history/past-reader.js';
import type { Transition } from '../../application/queries/history/past-views.js';
import type { Page } from '../../application/queries/search-criteria.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import { Causes } from './causes.js';
import { stageNumber, stageOf } from './codes.js';
import { fields } from './facts.js';
import type { ModelContext } from './past-states.js';

/** The moves of one version. */
export class PastTransitions {
  readonly #causes: Causes;
  readonly #moves: Query;

  constructor(db: DatabaseSync) {
    this.#causes = new Causes(db);
    this.#moves = new Query(
      db,
      `SELECT position, from_stage, to_stage FROM history_entries INDEXED BY history_by_fact
       WHERE field > 0 AND model = ?1 AND scope = ?2 AND field = ${fields.stage} AND key = ''
         AND position > ?3 AND position <= ?4 AND (?5 IS NULL OR to_stage = ?5)
       ORDER BY position LIMIT ?6`,
    );
  }

  page(
    { model, id, asOf }: ModelContext,
    version: number,
    { limit, after, to }: PageOf & { readonly to?: Stage },
  ): Page<Transition> {
    const wanted = to === undefined ? null : stageNumber(to);
    const rows = this.#moves.all(model, version, Number(after?.[0] ?? 0), asOf, wanted, limit + 1);
    const items = rows.slice(0, limit).map(([position, from, target]): Transition => ({
      modelId: id,
      version,
      from: stageOf(Number(from)),
      to: stageOf(Number(target)),
      cause: this.#causes.at(Number(position)),
    }));
    const last = items.at(-1);
    return rows.length > limit && last ? { items, end: [last.cause.position] } : { items };
  }
}
