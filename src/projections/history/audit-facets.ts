import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Category } from '../../application/queries/history/audit-entry.js';
import type { AuditFilter, AuditTopic } from '../../application/queries/history/audit-reader.js';
import { assertNever } from '../../domain/decider.js';
import { raw, sql } from '../sql.js';
import type { Sql } from '../sql.js';
import { Query } from '../statements.js';
import { outcomeNumber, stageBit, typeNumber } from './codes.js';
import { flags, forever } from './history.schema.js';
import { textHash } from './text-hash.js';
import { ModelReferences } from './model-references.js';

/** Entries that one stretch of an index holds in log order. */
export interface Stretch {
  readonly index: string;
  /** On `history_entries AS e`. */
  readonly condition: Sql;
}

/**
 * One condition of a filter: what has to hold of an entry, and where an index has those for which it does. No stretches:
 * no entry. Undefined: no index helps.
 */
export interface Facet {
  readonly condition: Sql;
  readonly stretches: readonly Stretch[] | undefined;
}

/** More stretches than these are not put together. */
const stretchesAtMost = 50;

const topics: Readonly<Record<AuditTopic, Facet>> = {
  production: flagged(flags.production, 'history_production'),
  editsAfterProduction: flagged(flags.editAfterProduction, 'history_edits'),
  deletions: oneOf('type', 'history_by_type', [typeNumber('ModelDeleted'), typeNumber('VersionDeleted')]),
};

/** The conditions of filters in terms of the tables, the ones first that usually hold of fewer entries. */
export class AuditFacets {
  readonly #references: ModelReferences;
  readonly #actors: Query;

  constructor(db: DatabaseSync) {
    this.#references = new ModelReferences(db);
    this.#actors = new Query(db, 'SELECT id FROM history_actors WHERE actor = ?');
  }

  of(filter: AuditFilter): readonly Facet[] {
    const { model, version, actor, types, stages, outcomes, category, correlationId, topic, window } = filter;
    const found: Facet[] = [];
    if (correlationId !== undefined) {
      const ofGroup = sql`e.group_hash = ${textHash(correlationId)}`;
      found.push({
        condition: sql`${ofGroup} AND e.correlation = ${correlationId}`,
        stretches: [
          { index: 'history_by_group', condition: sql`${ofGroup} AND e.correlation = ${correlationId}` },
        ],
      });
    }
    if (model !== undefined) found.push(this.#ofModel(model, version, window?.upTo ?? forever));
    else if (version !== undefined)
      found.push({ condition: sql`e.version = ${version}`, stretches: undefined });
    if (topic !== undefined) found.push(topics[topic]);
    if (outcomes !== undefined) found.push(ofOutcomes(outcomes.map(outcomeNumber)));
    if (category !== undefined) found.push(ofCategory(category));
    if (stages !== undefined) found.push(ofStages(stages.map(stageBit)));
    if (actor !== undefined) {
      const ids = this.#actors.all(actor).map(([id]) => Number(id));
      found.push(oneOf('actor', 'history_by_actor', ids));
    }
    if (types !== undefined) found.push(oneOf('type', 'history_by_type', types.map(typeNumber)));
    return found;
  }

  #ofModel(reference: NonNullable<AuditFilter['model']>, version: number | undefined, upTo: Position): Facet {
    const models = this.#references.everyHolder(reference, upTo);
    if (version === undefined) return oneOf('model', 'history_by_model', models);
    const conditions = models.map((model) => sql`e.model = ${model} AND e.version = ${version}`);
    return {
      condition: sql`${anyOf('model', models)} AND e.version = ${version}`,
      stretches: stretches('history_by_version', conditions),
    };
  }
}

function ofOutcomes(outcomes: readonly number[]): Facet {
  if (outcomes.includes(0)) return { condition: anyOf('outcome', outcomes), stretches: undefined };
  const conditions = outcomes.map((outcome) => sql`e.outcome > 0 AND e.outcome = ${outcome}`);
  return { condition: anyOf('outcome', outcomes), stretches: stretches('history_refused', conditions) };
}

function ofCategory(category: Category): Facet {
  const { housekeeping, ofSubscriber } = flags;
  const either = housekeeping | ofSubscriber;
  switch (category) {
    case 'housekeeping':
      return flagged(housekeeping, 'history_housekeeping');
    case 'control-plane':
      return facet(raw(`e.flags & ${either} = ${ofSubscriber}`), 'history_control_plane');
    case 'registry':
      return { condition: raw(`NOT (e.flags & ${either})`), stretches: undefined };
    default:
      return assertNever(category);
  }
}

/** An entry of several stages is in the stretch of the first one. */
function ofStages(bits: readonly number[]): Facet {
  let before = 0;
  const along = bits.map((bit): Stretch => {
    const isLater = before === 0 ? '' : ` AND NOT (e.stages & ${before})`;
    before |= bit;
    return { index: `history_stage_${Math.log2(bit)}`, condition: raw(`e.stages & ${bit}${isLater}`) };
  });
  return { condition: raw(`e.stages & ${before}`), stretches: along };
}

function flagged(flag: number, index: string): Facet {
  return facet(raw(`e.flags & ${flag}`), index);
}

function facet(condition: Sql, index: string): Facet {
  return { condition, stretches: [{ index, condition }] };
}

function oneOf(column: string, index: string, numbers: readonly number[]): Facet {
  const conditions = numbers.map((number) => sql`${raw(`e.${column}`)} = ${number}`);
  return { condition: anyOf(column, numbers), stretches: stretches(index, conditions) };
}

function anyOf(column: string, numbers: readonly number[]): Sql {
  return raw(`e.${column} IN (${numbers.join(', ')})`);
}

function stretches(index: string, conditions: readonly Sql[]): readonly Stretch[] | undefined {
  if (conditions.length > stretchesAtMost) return undefined;
  return conditions.map((condition) => ({ index, condition }));
}
