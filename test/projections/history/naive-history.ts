import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { PastModel, PastVersion } from '../../../src/application/queries/history/past-views.js';
import {
  decodeRegisteredModelEvent,
  modelIdOf,
  registeredModelPrefix,
} from '../../../src/application/history/registered-model-codec.js';
import type { RegisteredModelEvent } from '../../../src/domain/registered-model/events.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type {
  ModelContents,
  RegisteredModel,
} from '../../../src/domain/registered-model/registered-model.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';

/** A model after the events up to a position, folded from the first one. */
export interface NaiveModel {
  readonly id: string;
  readonly revision: number;
  readonly contents: ModelContents;
  readonly deleted: boolean;
}

/** An interval in which a version held a stage, by the positions of the events that began and ended it. */
export interface NaiveOccupancy {
  readonly modelId: string;
  readonly version: number;
  readonly stage: Stage;
  readonly from: number;
  readonly to: number | undefined;
}

/** Answers from the log itself, by reading all of it for every question. */
export class NaiveHistory {
  constructor(readonly events: readonly RecordedEvent[]) {}

  upTo(asOf: number): readonly RecordedEvent[] {
    return this.events.filter(({ position }) => position <= asOf);
  }

  /** What the audit trail tells: that a consumer acknowledged is in its own stream only. */
  get told(): readonly RecordedEvent[] {
    return this.events.filter(({ type }) => type !== 'ConsumerAcknowledged');
  }

  /** Every model that has been registered, deleted ones too. */
  models(asOf: number): readonly NaiveModel[] {
    const folded = new Map<string, { state: RegisteredModel; revision: number }>();
    for (const event of this.upTo(asOf)) {
      if (!event.stream.startsWith(registeredModelPrefix)) continue;
      const id = modelIdOf(event.stream);
      const state = evolve(folded.get(id)?.state ?? unregistered, decodeRegisteredModelEvent(event));
      folded.set(id, { state, revision: event.revision });
    }
    return [...folded].flatMap(([id, { state, revision }]) =>
      state.status === 'unregistered'
        ? []
        : [{ id, revision, contents: state, deleted: state.status === 'deleted' }],
    );
  }

  named(name: string, asOf: number): NaiveModel | undefined {
    return this.models(asOf).find(({ contents, deleted }) => contents.name === name && !deleted);
  }

  /** Every occupancy that began up to a position, in the order of their beginnings and versions. */
  occupancies(asOf: number): readonly NaiveOccupancy[] {
    const found: NaiveOccupancy[] = [];
    const open = new Map<string, NaiveOccupancy>();
    const holders = new Map<string, { modelId: string; version: number; stage: Stage }>();
    for (const { position } of this.upTo(asOf)) {
      holders.clear();
      for (const { id, contents, deleted } of this.models(position)) {
        for (const { version, stage, deleted: gone } of deleted ? [] : contents.versions) {
          if (!gone) holders.set(`${id} ${version} ${stage}`, { modelId: id, version, stage });
        }
      }
      for (const [key, occupancy] of open) {
        if (holders.has(key)) continue;
        open.delete(key);
        found.push({ ...occupancy, to: position });
      }
      for (const [key, holder] of holders) {
        if (!open.has(key)) open.set(key, { ...holder, from: position, to: undefined });
      }
    }
    return [...found, ...open.values()].sort((a, b) => a.from - b.from || a.version - b.version);
  }

  event(position: number): { event: RegisteredModelEvent; recorded: RecordedEvent } {
    const recorded = this.events.find((one) => one.position === position);
    if (recorded === undefined) throw new Error(`There is no event at ${position}`);
    return { recorded, event: decodeRegisteredModelEvent(recorded) };
  }
}

export function pastModel({ id, revision, contents, deleted }: NaiveModel): PastModel {
  const { name, description, createdAt, updatedAt } = contents;
  const aliases = [...contents.aliases].map(([alias, version]) => ({ alias, version }));
  aliases.sort((a, b) => bytes(a.alias, b.alias));
  return {
    id,
    name,
    description,
    tags: tagList(contents.tags),
    aliases,
    createdAt,
    updatedAt,
    revision,
    deleted,
  };
}

export function pastVersion(model: NaiveModel, number: number): PastVersion | undefined {
  const version = model.contents.versions.get(number);
  if (version === undefined) return undefined;
  const aliases = [...model.contents.aliases].filter(([, target]) => target === number);
  return {
    modelId: model.id,
    name: model.contents.name,
    version: number,
    stage: version.stage,
    description: version.description,
    status: version.status,
    statusMessage: version.statusMessage,
    source: version.source,
    storageLocation: version.storageLocation,
    runId: version.runId,
    runLink: version.runLink,
    loggedModelId: version.loggedModelId,
    tags: tagList(version.tags),
    aliases: aliases.map(([alias]) => alias).sort(bytes),
    createdAt: version.createdAt,
    updatedAt: version.updatedAt,
    revision: model.revision,
    deleted: version.deleted || model.deleted,
  };
}

function tagList(tags: ReadonlyMap<string, string>) {
  return [...tags].map(([key, value]) => ({ key, value })).sort((a, b) => bytes(a.key, b.key));
}

export function bytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
