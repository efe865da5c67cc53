import { LRUCache } from 'lru-cache';
import type { DatabaseSync } from 'node:sqlite';
import { assertNever } from '../../domain/decider.js';
import type { EventOf, RegisteredModelEvent } from '../../domain/registered-model/events.js';
import { Archivings } from './archivings.js';
import { stageNumber } from './codes.js';
import { EntryRows } from './entry-rows.js';
import type { NewEntry } from './entry-rows.js';
import { fields } from './facts.js';
import { flags } from './history.schema.js';
import { ModelIds } from './ids.js';
import { InstantRows } from './instant-rows.js';
import { NameRows } from './name-rows.js';
import type { Circumstances, ModelRecorded, RecordedChange, RefusalRecorded } from './recorded-change.js';
import { refusedEntry } from './refused-entry.js';
import { StageRows } from './stage-rows.js';
import { SubscriberRows } from './subscriber-rows.js';
import { ValuesBefore } from './values-before.js';

const namesKept = 20_000;

/** What a kind of event says beyond the least that every entry has. */
type Told = Partial<Omit<NewEntry, 'type' | 'outcome'>>;

/**
 * Takes events into the tables of the history. It remembers some of what it wrote, so that whoever applies events after
 * something was taken back has to begin with a new one.
 */
export class HistoryRows {
  readonly #models: ModelIds;
  readonly #entries: EntryRows;
  readonly #names: NameRows;
  readonly #stages: StageRows;
  readonly #instants: InstantRows;
  readonly #before: ValuesBefore;
  readonly #archivings: Archivings;
  readonly #subscribers: SubscriberRows;
  readonly #namesNow = new LRUCache<number, string>({ max: namesKept });

  constructor(db: DatabaseSync) {
    this.#models = new ModelIds(db);
    this.#entries = new EntryRows(db);
    this.#names = new NameRows(db);
    this.#stages = new StageRows(db);
    this.#instants = new InstantRows(db);
    this.#before = new ValuesBefore(db);
    this.#archivings = new Archivings(db);
    this.#subscribers = new SubscriberRows(db, this.#entries);
  }

  apply(change: RecordedChange): void {
    const { circumstances } = change;
    if (change.of === 'subscriber') {
      if (this.#subscribers.apply(change)) this.#instants.recorded(circumstances);
      return;
    }
    this.#instants.recorded(circumstances);
    if (change.of === 'refusal') this.#refused(change);
    else this.#happened(change);
  }

  #refused({ modelId, event, circumstances }: RefusalRecorded): void {
    this.#archivings.passed();
    const model = this.#models.find(modelId) ?? null;
    const name = (model === null ? null : this.#nameOf(model)) ?? event.data.subject.name;
    this.#entries.write(refusedEntry(event), model, name, circumstances);
  }

  #happened({ modelId, event, circumstances }: ModelRecorded): void {
    if (event.type !== 'StageTransitioned') this.#archivings.passed();
    const model = this.#models.of(modelId);
    const told = this.#told(model, event, circumstances);
    this.#entries.write({ ...least, ...told, type: event.type }, model, this.#nameOf(model), circumstances);
  }

  #nameOf(model: number): string | null {
    const known = this.#namesNow.get(model);
    if (known !== undefined) return known;
    const name = this.#names.of(model);
    if (name !== null) this.#namesNow.set(model, name);
    return name;
  }

  #take(model: number, name: string, { position }: Circumstances): void {
    this.#names.taken(model, name, position);
    this.#namesNow.set(model, name);
  }

  #told(model: number, event: RegisteredModelEvent, circumstances: Circumstances): Told {
    switch (event.type) {
      case 'ModelRegistered': {
        const { name, description, tags } = event.data;
        this.#take(model, name, circumstances);
        const after = { name, description, tags };
        return { field: fields.life, flags: flags.touchesModel, after };
      }
      case 'ModelRenamed':
        return this.#renamed(model, event, circumstances);
      case 'ModelDescribed':
        return { ...this.#described(model, 0, event.data.description), flags: flags.touchesModel };
      case 'ModelDeleted':
        return this.#deleted(model, event, circumstances);
      case 'ModelRestored':
        return this.#restored(model, event, circumstances);
      case 'NameClaimForfeited':
        return { flags: flags.housekeeping, after: { name: event.data.name } };
      case 'NothingChanged':
        return { flags: flags.housekeeping };
      case 'VersionCreated': {
        const { version, ...after } = event.data;
        this.#stages.entered(model, version, circumstances.position, stageNumber('None'));
        return { scope: version, version, field: fields.life, flags: flags.touchesModel, after };
      }
      case 'VersionDescribed': {
        const { version, description } = event.data;
        const edit = this.#edit(model, version);
        return { ...this.#described(model, version, description), ...edit };
      }
      case 'VersionStatusChanged': {
        const { version, ...after } = event.data;
        const before = this.#before.status(model, version);
        return { scope: version, version, field: fields.status, before, after };
      }
      case 'VersionDeleted':
        return this.#versionDeleted(model, event, circumstances);
      case 'VersionRestored':
        return this.#versionRestored(model, event, circumstances);
      case 'StageTransitioned':
        return this.#moved(model, event, circumstances);
      case 'TagSet':
      case 'TagDeleted': {
        const { version, key } = event.data;
        const scope = version ?? 0;
        const before = this.#before.tag(model, scope, key);
        const after = event.type === 'TagSet' ? { key, value: event.data.value } : null;
        return { scope, field: fields.tag, key, before, after, ...this.#edit(model, version) };
      }
      case 'AliasSet': {
        const { alias, version, from } = event.data;
        const before = from === null ? null : { alias, version: from };
        const edit = this.#edit(model, version, from);
        return { field: fields.alias, key: alias, before, after: { alias, version }, ...edit };
      }
      case 'AliasDeleted': {
        const { alias, version } = event.data;
        return { field: fields.alias, key: alias, before: { alias, version }, ...this.#edit(model, version) };
      }
      default:
        return assertNever(event);
    }
  }

  #described(model: number, scope: number, description: string | null): Told {
    const before = this.#before.description(model, scope);
    return { scope, field: fields.description, before, after: { description } };
  }

  /** An edit of a version, or of the model itself when that is null. */
  #edit(model: number, version: number | null, other: number | null = null): Told {
    if (version === null) return {};
    const late =
      this.#stages.hasBeenInProduction(model, version) ||
      (other !== null && this.#stages.hasBeenInProduction(model, other));
    return { version, flags: late ? flags.editAfterProduction : 0 };
  }

  #renamed(model: number, { data }: EventOf<'ModelRenamed'>, circumstances: Circumstances): Told {
    const { from, to } = data;
    if (from !== to) {
      this.#names.left(model, circumstances.position);
      this.#take(model, to, circumstances);
    }
    return {
      field: fields.rename,
      flags: flags.touchesModel,
      before: { name: from },
      after: { name: to },
    };
  }

  #deleted(model: number, { data }: EventOf<'ModelDeleted'>, { position }: Circumstances): Told {
    const held = this.#stages.heldIn(model);
    this.#names.left(model, position);
    this.#stages.allLeft(model, position);
    return { field: fields.life, ...comingOrGoing(held), before: { name: data.name } };
  }

  #restored(model: number, { data }: EventOf<'ModelRestored'>, circumstances: Circumstances): Told {
    const deletedAt = this.#before.deletedAt(model);
    this.#take(model, data.name, circumstances);
    if (deletedAt !== undefined) this.#stages.allCameBack(model, circumstances.position, deletedAt);
    const held = this.#stages.heldIn(model);
    return { field: fields.life, ...comingOrGoing(held), after: { name: data.name } };
  }

  #versionDeleted(model: number, { data }: EventOf<'VersionDeleted'>, { position }: Circumstances): Told {
    const { version } = data;
    const fromStage = this.#stages.left(model, version, position);
    return { scope: version, version, field: fields.life, ...touching(fromStage, null) };
  }

  #versionRestored(model: number, { data }: EventOf<'VersionRestored'>, { position }: Circumstances): Told {
    const { version, stage } = data;
    const toStage = stageNumber(stage);
    this.#stages.entered(model, version, position, toStage);
    return { scope: version, version, field: fields.life, ...touching(null, toStage) };
  }

  #moved(model: number, event: EventOf<'StageTransitioned'>, circumstances: Circumstances): Told {
    const { version, from, to, comment, inFavourOf } = event.data;
    const { position } = circumstances;
    const archived = this.#archivings.moved(model, event, circumstances);
    const toStage = stageNumber(to);
    if (from !== to) {
      this.#stages.left(model, version, position);
      this.#stages.entered(model, version, position, toStage);
    }
    const details = {
      ...(inFavourOf === null ? {} : { inFavourOf }),
      ...(archived.length === 0 ? {} : { archived }),
    };
    return {
      scope: version,
      version,
      field: fields.stage,
      ...touching(stageNumber(from), toStage),
      comment,
      details: inFavourOf === null && archived.length === 0 ? null : details,
    };
  }
}

const least: Omit<NewEntry, 'type'> = {
  outcome: 'done',
  scope: 0,
  field: fields.none,
  key: '',
  flags: 0,
  stages: 0,
  version: null,
  fromStage: null,
  toStage: null,
  comment: null,
  before: null,
  after: null,
  details: null,
};

const production = stageNumber('Production');

/** A version left one stage and entered another; null is outside of all. */
function touching(fromStage: number | null, toStage: number | null): Told {
  const isProduction = fromStage !== toStage && (fromStage === production || toStage === production);
  return {
    fromStage,
    toStage,
    stages: bit(fromStage) | bit(toStage),
    flags: flags.touchesModel | (isProduction ? flags.production : 0),
  };
}

/** All versions of a model left these stages or entered them at once, with their model. */
function comingOrGoing(held: readonly number[]): Told {
  return {
    stages: held.reduce((bits, stage) => bits | bit(stage), 0),
    flags: held.includes(production) ? flags.production : 0,
  };
}

function bit(stage: number | null): number {
  return stage === null ? 0 : 1 << stage;
}
