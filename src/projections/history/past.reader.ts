import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { PositionWindow } from '../../application/queries/history/moments.js';
import { PastReader } from '../../application/queries/history/past-reader.js';
import type { PageOf } from '../../application/queries/history/past-reader.js';
import type {
  ModelReference,
  NameHeld,
  Occupancy,
  PastModel,
  PastVersion,
  Transition,
} from '../../application/queries/history/past-views.js';
import type { Page, PageEnd } from '../../application/queries/search-criteria.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { Query } from '../statements.js';
import { forever } from './history.schema.js';
import { ModelReferences } from './model-references.js';
import { Occupancies } from './occupancies.js';
import type { Held } from './occupancies.js';
import { PastNames } from './past-names.js';
import { PastStates } from './past-states.js';
import type { ModelContext } from './past-states.js';
import { PastTransitions } from './past-transitions.js';

/** How many models one page of stages looks at: some milliseconds of work. */
const modelsLookedAt = 2_000;

/**
 * Reads the past from the tables of the history projection. It may be made before they are; to read takes all of them,
 * with their indexes.
 */
export class SqlitePastReader extends PastReader {
  readonly #references: ModelReferences;
  readonly #states: PastStates;
  readonly #names: PastNames;
  readonly #occupancies: Occupancies;
  readonly #transitions: PastTransitions;
  readonly #uuid: Query;
  readonly #numbers: Query;

  constructor(db: DatabaseSync) {
    super();
    this.#references = new ModelReferences(db);
    this.#states = new PastStates(db);
    this.#names = new PastNames(db);
    this.#occupancies = new Occupancies(db);
    this.#transitions = new PastTransitions(db);
    this.#uuid = new Query(db, 'SELECT uuid FROM history_models WHERE id = ?');
    this.#numbers = new Query(
      db,
      `WITH RECURSIVE numbers (version) AS (
         SELECT min(version) FROM history_stages WHERE model = ?1 AND version > ?2
         UNION ALL
         SELECT (SELECT min(version) FROM history_stages WHERE model = ?1 AND version > numbers.version)
         FROM numbers WHERE numbers.version IS NOT NULL
       )
       SELECT version FROM numbers WHERE version IS NOT NULL LIMIT ?3`,
    );
  }

  override model(reference: ModelReference, position: Position): PastModel | undefined {
    const asOf = atMost(position);
    const model = this.#references.find(reference, asOf);
    return model === undefined ? undefined : this.#states.model(model, asOf);
  }

  override version(reference: ModelReference, version: number, asOf: Position): PastVersion | undefined {
    const context = this.#context(reference, asOf);
    return context && this.#states.version(context, version);
  }

  override models(position: Position, page: PageOf & { readonly prefix?: string }): Page<PastModel> {
    const asOf = atMost(position);
    const { found, end } = this.#names.page(asOf, {
      after: page.after && String(page.after[0]),
      prefix: page.prefix ?? '',
      limit: page.limit,
    });
    const items = found.flatMap(({ model }) => this.#states.model(model, asOf) ?? []);
    return end === undefined ? { items } : { items, end: [end] };
  }

  override versions(
    reference: ModelReference,
    asOf: Position,
    { limit, after, deleted }: PageOf & { readonly deleted?: 'included' },
  ): Page<PastVersion> | undefined {
    const context = this.#context(reference, asOf);
    if (context === undefined) return undefined;
    const from = Number(after?.[0] ?? 0);
    const numbers =
      deleted === 'included'
        ? this.#numbers.all(context.model, from, limit + 1).map(([version]) => Number(version))
        : this.#occupancies
            .asOf(context.model, undefined, context.asOf, { after: from, limit: limit + 1 })
            .map(({ version }) => version);
    const items = numbers.slice(0, limit).flatMap((version) => this.#states.version(context, version) ?? []);
    const last = numbers[limit - 1];
    return numbers.length > limit && last !== undefined ? { items, end: [last] } : { items };
  }

  override stages(
    position: Position,
    page: PageOf & { readonly model?: ModelReference; readonly stages?: readonly Stage[] },
  ): Page<Occupancy> {
    const asOf = atMost(position);
    const place = placeOf(page.after);
    const { found, end } =
      page.model === undefined
        ? this.#names.page(asOf, { from: place?.name, prefix: '', limit: modelsLookedAt })
        : this.#only(page.model, asOf);
    const items: Occupancy[] = [];
    for (const { model, name } of found) {
      const after = place?.name === name ? place.version : 0;
      const limit = page.limit + 1 - items.length;
      const held = this.#occupancies.asOf(model, page.stages, asOf, { after, limit });
      if (held.length > 0) items.push(...this.#viewed(model, name, held, asOf));
      const last = items[page.limit - 1];
      if (items.length > page.limit && last) {
        return { items: items.slice(0, page.limit), end: [last.name, last.version] };
      }
    }
    return end === undefined ? { items } : { items, end: [end, Number.MAX_SAFE_INTEGER] };
  }

  override occupancy(
    reference: ModelReference,
    what: { readonly stage?: Stage; readonly version?: number; readonly window: PositionWindow },
    { limit, after }: PageOf,
  ): Page<Occupancy> | undefined {
    const context = this.#context(reference, what.window.upTo);
    if (context === undefined) return undefined;
    const begun = [Number(after?.[0] ?? 0), Number(after?.[1] ?? 0)] as const;
    const held = this.#occupancies.between(
      context.model,
      what,
      { after: what.window.after, upTo: context.asOf },
      { begun, limit: limit + 1 },
    );
    const items = held.slice(0, limit).map((one) => this.#occupancies.view(context, one, context.asOf));
    const last = held[limit - 1];
    return held.length > limit && last ? { items, end: [last.from, last.version] } : { items };
  }

  override transitions(
    reference: ModelReference,
    version: number,
    asOf: Position,
    page: PageOf & { readonly to?: Stage },
  ): Page<Transition> | undefined {
    const context = this.#context(reference, asOf);
    return context && this.#transitions.page(context, version, page);
  }

  override formerOccupants(
    reference: ModelReference,
    stage: Stage,
    position: Position,
    limit: number,
  ): readonly (Occupancy & { readonly live: boolean })[] | undefined {
    const context = this.#context(reference, position);
    if (context === undefined) return undefined;
    const { model, asOf } = context;
    const present = this.#occupancies.asOf(model, [stage], asOf, {
      after: 0,
      limit: Number.MAX_SAFE_INTEGER,
    });
    const seen = new Set(present.map(({ version }) => version));
    const found: (Occupancy & { readonly live: boolean })[] = [];
    let last: Held | undefined;
    for (;;) {
      const held = this.#occupancies.former(model, stage, last, asOf, 100);
      for (const one of held) {
        if (found.length === limit) return found;
        if (seen.has(one.version)) continue;
        seen.add(one.version);
        const live = this.#states.version(context, one.version)?.deleted === false;
        found.push({ ...this.#occupancies.view(context, one, asOf), live });
      }
      last = held.at(-1);
      if (held.length < 100) return found;
    }
  }

  override namesHeld(reference: ModelReference, asOf: Position): readonly NameHeld[] {
    return this.#references.namesHeld(reference, atMost(asOf));
  }

  #context(reference: ModelReference, position: Position): ModelContext | undefined {
    const asOf = atMost(position);
    const model = this.#references.find(reference, asOf);
    return model === undefined ? undefined : this.#states.context(model, asOf);
  }

  #only(reference: ModelReference, asOf: Position) {
    const model = this.#references.find(reference, asOf);
    const name = model === undefined ? undefined : this.#references.nameOf(model, asOf);
    return {
      found: model === undefined || name === undefined ? [] : [{ model, name }],
      end: undefined,
    };
  }

  #viewed(model: number, name: string, held: readonly Held[], asOf: Position): readonly Occupancy[] {
    const id = String(this.#uuid.first(model)?.[0]);
    return held.map((one) => this.#occupancies.view({ id, name }, one, asOf));
  }
}

/** Even at the end of all positions, what has no end goes on. */
function atMost(position: Position): Position {
  return Math.min(position, forever - 1);
}

function placeOf(after: PageEnd | undefined): { name: string; version: number } | undefined {
  return after && { name: String(after[0]), version: Number(after[1]) };
}
