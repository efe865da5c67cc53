import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { Occupancy } from '../../application/queries/history/past-views.js';
import type { Stage } from '../../domain/registered-model/stage.js';
import { allOf, raw, sql } from '../sql.js';
import type { Sql } from '../sql.js';
import { Statements } from '../statements.js';
import type { Row } from '../statements.js';
import { Causes } from './causes.js';
import { stageNumber, stageOf } from './codes.js';

/** A row of `history_stages`. */
export interface Held {
  readonly version: number;
  readonly from: Position;
  readonly to: Position;
  readonly stage: number;
}

const columns = raw('version, from_position, to_position, stage');

/** Finds who held which stage of a model. */
export class Occupancies {
  readonly #statements: Statements;
  readonly #causes: Causes;

  constructor(db: DatabaseSync) {
    this.#statements = new Statements(db);
    this.#causes = new Causes(db);
  }

  /**
   * Those who held a stage as of a position, by version, beginning after a version. The active stages are asked by their
   * own index, because few are in them; all others by version, because many are and a page takes the first.
   */
  asOf(
    model: number,
    wanted: readonly Stage[] | undefined,
    asOf: Position,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): readonly Held[] {
    const conditions = [
      sql`model = ${model}`,
      sql`version > ${after}`,
      sql`from_position <= ${asOf}`,
      sql`to_position > ${asOf}`,
    ];
    if (wanted?.every((stage) => stage === 'Staging' || stage === 'Production')) {
      const found = wanted.flatMap((stage) =>
        this.#statements.all(sql`
          SELECT ${columns} FROM history_stages INDEXED BY history_stages_by_end
          WHERE ${allOf([...conditions, sql`stage = ${stageNumber(stage)}`])} ORDER BY version LIMIT ${limit}`),
      );
      return found
        .map(held)
        .sort((a, b) => a.version - b.version)
        .slice(0, limit);
    }
    if (wanted) conditions.push(stageIn(wanted));
    const rows = this.#statements.all(sql`
      SELECT ${columns} FROM history_stages NOT INDEXED WHERE ${allOf(conditions)} ORDER BY version LIMIT ${limit}`);
    return rows.map(held);
  }

  /** Those of an interval, by when they began and then by version. */
  between(
    model: number,
    { stage, version }: { readonly stage?: Stage; readonly version?: number },
    { after, upTo }: { readonly after: Position; readonly upTo: Position },
    { begun, limit }: { readonly begun: readonly [Position, number]; readonly limit: number },
  ): readonly Held[] {
    const conditions = [
      sql`model = ${model}`,
      sql`from_position <= ${upTo}`,
      sql`to_position > ${after}`,
      sql`from_position >= ${begun[0]}`,
      sql`(from_position, version) > (${begun[0]}, ${begun[1]})`,
    ];
    if (stage !== undefined) conditions.push(sql`stage = ${stageNumber(stage)}`);
    if (version !== undefined) conditions.push(sql`version = ${version}`);
    const index = raw(
      stage !== undefined && version === undefined ? 'INDEXED BY history_stages_by_start' : '',
    );
    const rows = this.#statements.all(sql`
      SELECT ${columns} FROM history_stages ${index} WHERE ${allOf(conditions)}
      ORDER BY from_position, version LIMIT ${limit}`);
    return rows.map(held);
  }

  /** Those who had left a stage by a position, from `left` on backwards: by when they left and then by version. */
  former(
    model: number,
    stage: Stage,
    left: Held | undefined,
    asOf: Position,
    limit: number,
  ): readonly Held[] {
    const before =
      left === undefined ? raw('1') : sql`(to_position, version) < (${left.to}, ${left.version})`;
    const rows = this.#statements.all(sql`
      SELECT ${columns} FROM history_stages INDEXED BY history_stages_by_end
      WHERE model = ${model} AND stage = ${stageNumber(stage)}
        AND to_position <= ${left === undefined ? asOf : left.to} AND ${before}
      ORDER BY to_position DESC, version DESC LIMIT ${limit}`);
    return rows.map(held);
  }

  view(model: { readonly id: string; readonly name: string }, held: Held, asOf: Position): Occupancy {
    const opened = this.#causes.at(held.from);
    const closed = held.to > asOf ? undefined : this.#causes.at(held.to);
    const end = closed?.happenedAt ?? this.#causes.timeOf(asOf);
    return {
      modelId: model.id,
      name: model.name,
      version: held.version,
      stage: stageOf(held.stage),
      opened,
      closed,
      milliseconds: Math.max(0, end - opened.happenedAt),
    };
  }
}

function stageIn(wanted: readonly Stage[]): Sql {
  return raw(`stage IN (${wanted.map(stageNumber).join(', ')})`);
}

function held([version, from, to, stage]: Row): Held {
  return { version: Number(version), from: Number(from), to: Number(to), stage: Number(stage) };
}
