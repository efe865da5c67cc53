import { expect } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { SqliteIdempotencyRegister } from '../../../src/projections/registry/idempotency.reader.js';
import type { ApplyEvent } from '../../../src/projections/projection.js';
import { registryProjection } from '../../../src/projections/registry/registry.projection.js';
import { SqliteRegistryReader } from '../../../src/projections/registry/registry.reader.js';
import { ViewCache } from '../../../src/projections/registry/view-cache.js';
import type { Tag } from '../../../src/domain/registered-model/events.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import type { Circumstances, Fact } from '../../support/recorded-events.js';

export const promptTag: Tag = { key: 'mlflow.prompt.is_prompt', value: 'true' };

export function registered(name: string, given: { description?: string; tags?: readonly Tag[] } = {}): Fact {
  const { description = '', tags = [] } = given;
  return { type: 'ModelRegistered', data: { name, claimId: `claim of ${name}`, description, tags } };
}

export function renamed(from: string, to: string): Fact {
  return { type: 'ModelRenamed', data: { from, to, claimId: `claim of ${to}` } };
}

export function modelDeleted(name: string): Fact {
  return { type: 'ModelDeleted', data: { name } };
}

export function modelRestored(name: string): Fact {
  return { type: 'ModelRestored', data: { name, claimId: `new claim of ${name}` } };
}

export function versionCreated(
  version: number,
  given: { source?: string; runId?: string; tags?: readonly Tag[]; storageLocation?: string } = {},
): Fact {
  const { source = 's3://bucket/model', runId = '', tags = [], storageLocation = null } = given;
  const rest = { runLink: '', loggedModelId: null, description: '' };
  return { type: 'VersionCreated', data: { version, source, runId, tags, storageLocation, ...rest } };
}

export function versionDeleted(version: number): Fact {
  return { type: 'VersionDeleted', data: { version } };
}

export function versionRestored(version: number, stage: Stage): Fact {
  return { type: 'VersionRestored', data: { version, stage } };
}

export function moved(version: number, from: Stage, to: Stage): Fact {
  return { type: 'StageTransitioned', data: { version, from, to, comment: null, inFavourOf: null } };
}

export function tagSet(version: number | null, key: string, value: string): Fact {
  return { type: 'TagSet', data: { version, key, value } };
}

export function tagDeleted(version: number | null, key: string): Fact {
  return { type: 'TagDeleted', data: { version, key } };
}

export function aliasSet(alias: string, version: number, from: number | null = null): Fact {
  return { type: 'AliasSet', data: { alias, version, from } };
}

/** What clients read after a history. */
export interface Registry {
  readonly db: DatabaseSync;
  readonly reader: SqliteRegistryReader;
  readonly requests: SqliteIdempotencyRegister;
}

/** A history that is written fact by fact. Times are the numbers of the facts, unless given. */
export class Given {
  readonly history = new RecordedHistory();

  of(model: string, ...facts: readonly Fact[]): this {
    for (const fact of facts) this.at(this.history.events.length + 1, model, fact);
    return this;
  }

  at(at: number, model: string, fact: Fact, circumstances: Circumstances = {}): this {
    this.history.record(model, fact, { at, ...circumstances });
    return this;
  }

  get registry(): Registry {
    return registryAfter(this.history.events);
  }
}

/**
 * Projects the history twice: once as a rebuild does, which makes the indexes at the end, and once live, with the
 * indexes there from the start. The rows must be the same.
 */
export function registryAfter(events: readonly RecordedEvent[]): Registry {
  const rebuilt = new DatabaseSync(':memory:');
  const rebuilding = registryProjection(new ViewCache());
  rebuilding.create(rebuilt);
  applyAll(rebuilding.open(rebuilt), events);
  rebuilding.index(rebuilt);

  const live = new DatabaseSync(':memory:');
  const views = new ViewCache();
  const projection = registryProjection(views);
  projection.create(live);
  projection.index(live);
  applyAll(projection.open(live), events);

  expect(rowsOf(live)).toEqual(rowsOf(rebuilt));
  return {
    db: live,
    reader: new SqliteRegistryReader(live, views),
    requests: new SqliteIdempotencyRegister(live),
  };
}

function applyAll(apply: ApplyEvent, events: readonly RecordedEvent[]): void {
  for (const event of events) apply(event);
}

/** All rows of all tables. */
export function rowsOf(db: DatabaseSync): Record<string, unknown> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${String(name)}`).all()]),
  );
}
