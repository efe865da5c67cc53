import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import type { RegistryReader } from '../../../src/application/queries/registry-reader.js';
import { stages } from '../../../src/domain/registered-model/stage.js';
import { registryProjection } from '../../../src/projections/registry/registry.projection.js';
import { SqliteRegistryReader } from '../../../src/projections/registry/registry.reader.js';
import { ViewCache } from '../../../src/projections/registry/view-cache.js';
import { anyCommands, live } from '../../support/any-history.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import { aliasSet, registered, versionCreated } from './registry-spec.js';

describe('a registry reader that remembers views', () => {
  it('reads after every event what one without a memory does', () => {
    fc.assert(
      fc.property(anyCommands(), (commands) => {
        const db = new DatabaseSync(':memory:');
        const views = new ViewCache();
        const projection = registryProjection(views);
        projection.create(db);
        projection.index(db);
        const apply = projection.open(db);
        const remembering = new SqliteRegistryReader(db, views);
        for (const event of historyOf(commands).events) {
          apply(event);
          const forgetful = new SqliteRegistryReader(db, new ViewCache());
          expect(everything(remembering)).toEqual(everything(forgetful));
        }
        db.close();
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same object for the same version until its model changes', () => {
    const db = new DatabaseSync(':memory:');
    const views = new ViewCache();
    const projection = registryProjection(views);
    projection.create(db);
    projection.index(db);
    const apply = projection.open(db);
    const history = new RecordedHistory();
    apply(history.record('m', registered('iris')));
    apply(history.record('m', versionCreated(1)));
    apply(history.record('other', registered('rose')));
    const reader = new SqliteRegistryReader(db, views);

    const before = reader.modelVersion('iris', 1);
    apply(history.record('other', versionCreated(1)));
    expect(reader.modelVersion('iris', 1)).toBe(before);
    apply(history.record('m', aliasSet('champion', 1)));
    expect(reader.modelVersion('iris', 1)).toMatchObject({ aliases: ['champion'] });
  });
});

/** Of a model to which anything may happen, beside one that stays as it is. */
function historyOf(commands: Parameters<typeof live>[0]): RecordedHistory {
  const history = new RecordedHistory();
  history.record('other', registered('rose'));
  history.record('other', versionCreated(1));
  for (const { at, ...fact } of live(commands).events) history.record('m', fact, { at });
  return history;
}

function everything(reader: RegistryReader): unknown {
  const search = { conditions: [], prompts: 'shown', order: [], limit: 100 } as const;
  const names = ['iris', 'lily', 'rose'];
  const numbers = [1, 2, 3, 4, 5, 6];
  return {
    models: names.map((name) => reader.registeredModel(name)),
    versions: names.map((name) => numbers.map((number) => reader.modelVersion(name, number))),
    aliased: names.map((name) => reader.versionByAlias(name, 'champion')),
    latest: names.map((name) => reader.latestVersions(name, stages)),
    searches: [reader.searchModels(search), reader.searchVersions(search)],
  };
}
