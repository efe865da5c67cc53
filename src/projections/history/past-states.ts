import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { PastModel, PastVersion } from '../../application/queries/history/past-views.js';
import type { AliasView } from '../../application/queries/views.js';
import type { EventOf, VersionStatus } from '../../domain/registered-model/events.js';
import { Query } from '../statements.js';
import { stageOf, typeNumber } from './codes.js';
import { Facts, fields } from './facts.js';
import type { FactEntry } from './facts.js';
import { flags } from './history.schema.js';
import { ModelReferences } from './model-references.js';
import { PastTags } from './past-tags.js';

type Created = EventOf<'VersionCreated'>['data'];

const modelDeleted = typeNumber('ModelDeleted');

/** Models and versions as of a position, put together from the last entry of each of their facts. */
export class PastStates {
  readonly #facts: Facts;
  readonly #tags: PastTags;
  readonly #references: ModelReferences;
  readonly #uuid: Query;
  readonly #touched: Query;
  readonly #revision: Query;
  readonly #stage: Query;

  constructor(db: DatabaseSync) {
    this.#facts = new Facts(db);
    this.#tags = new PastTags(db);
    this.#references = new ModelReferences(db);
    this.#uuid = new Query(db, 'SELECT uuid FROM history_models WHERE id = ?');
    this.#touched = new Query(
      db,
      `SELECT happened_at FROM history_entries WHERE position = (
         SELECT position FROM history_entries INDEXED BY history_by_model
         WHERE model = ? AND position <= ? AND flags & ${flags.touchesModel} ORDER BY position DESC LIMIT 1)`,
    );
    this.#revision = new Query(
      db,
      `SELECT revision FROM history_entries WHERE position = (
         SELECT position FROM history_entries INDEXED BY history_by_model
         WHERE model = ? AND position <= ? AND outcome = 0 ORDER BY position DESC LIMIT 1)`,
    );
    this.#stage = new Query(
      db,
      `SELECT stage, to_position FROM history_stages WHERE model = ? AND version = ? AND from_position <= ?
       ORDER BY from_position DESC LIMIT 1`,
    );
  }

  model(model: number, asOf: Position): PastModel | undefined {
    const context = this.context(model, asOf);
    if (context === undefined) return undefined;
    const { id, name, deleted, registered, aliases, revision } = context;
    const { description } = said(registered) as { description: string };
    const described = this.#facts.last(model, 0, fields.description, asOf);
    return {
      id,
      name,
      description: described === undefined ? description : (said(described) as Described).description,
      tags: this.#tags.every(model, 0, asOf),
      aliases,
      createdAt: registered.happenedAt,
      updatedAt: Number(this.#touched.first(model, asOf)?.[0]),
      revision,
      deleted,
    };
  }

  /** What is the same for all versions of a model; undefined when there was no such model yet. */
  context(model: number, asOf: Position): ModelContext | undefined {
    const registered = this.#facts.creation(model, 0);
    if (registered === undefined || registered.position > asOf) return undefined;
    const life = this.#facts.last(model, 0, fields.life, asOf);
    return {
      model,
      asOf,
      id: String(this.#uuid.first(model)?.[0]),
      name: this.#references.nameOf(model, asOf) ?? '',
      registered,
      deleted: life?.type === modelDeleted,
      renamed: this.#facts.last(model, 0, fields.rename, asOf),
      aliases: this.#aliases(model, asOf),
      revision: Number(this.#revision.first(model, asOf)?.[0]),
    };
  }

  version(context: ModelContext, version: number): PastVersion | undefined {
    const { model, asOf, renamed } = context;
    const created = this.#facts.creation(model, version);
    if (created === undefined || created.position > asOf) return undefined;
    const last = (field: (typeof fields)['life' | 'description' | 'status' | 'stage']) =>
      this.#facts.last(model, version, field, asOf);
    const described = last(fields.description);
    const status = last(fields.status);
    const touches = [created, described, status, last(fields.stage), last(fields.life), renamed];
    const data = said(created) as Created;
    const [stage = 0, heldUpTo = 0] = this.#stage.first(model, version, asOf) ?? [];
    return {
      modelId: context.id,
      name: context.name,
      version,
      stage: stageOf(Number(stage)),
      description: described === undefined ? data.description : (said(described) as Described).description,
      ...this.#status(status),
      source: data.source,
      storageLocation: data.storageLocation,
      runId: data.runId,
      runLink: data.runLink,
      loggedModelId: data.loggedModelId,
      tags: this.#tags.every(model, version, asOf),
      aliases: context.aliases.filter((one) => one.version === version).map(({ alias }) => alias),
      createdAt: created.happenedAt,
      updatedAt: newest(touches)?.happenedAt ?? created.happenedAt,
      revision: context.revision,
      deleted: Number(heldUpTo) <= asOf,
    };
  }

  #aliases(model: number, asOf: Position): readonly AliasView[] {
    const entries = this.#facts.every(model, 0, fields.alias, asOf);
    return entries.flatMap(({ after }) => (after === null ? [] : [JSON.parse(after) as AliasView]));
  }

  #status(entry: FactEntry | undefined): Pick<PastVersion, 'status' | 'statusMessage'> {
    if (entry === undefined) return { status: 'READY', statusMessage: null };
    const { status, message } = said(entry) as { status: VersionStatus; message: string | null };
    return { status, statusMessage: message };
  }
}

export interface ModelContext {
  readonly model: number;
  readonly asOf: Position;
  readonly id: string;
  readonly name: string;
  readonly registered: FactEntry;
  readonly deleted: boolean;
  readonly renamed: FactEntry | undefined;
  readonly aliases: readonly AliasView[];
  readonly revision: number;
}

interface Described {
  readonly description: string;
}

function newest(entries: readonly (FactEntry | undefined)[]): FactEntry | undefined {
  let found: FactEntry | undefined;
  for (const entry of entries) {
    if (entry && entry.position > (found?.position ?? -1)) found = entry;
  }
  return found;
}

/** What an entry says that its fact is. */
function said({ after }: FactEntry): unknown {
  return JSON.parse(after ?? '{}');
}
