import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { registryProjection } from '../../../src/projections/registry/registry.projection.js';
import {
  aliasSet,
  Given,
  modelDeleted,
  modelRestored,
  moved,
  promptTag,
  registered,
  renamed,
  rowsOf,
  tagDeleted,
  tagSet,
  versionCreated,
  versionDeleted,
  versionRestored,
} from './registry-spec.js';
import { ViewCache } from '../../../src/projections/registry/view-cache.js';

const projection = registryProjection(new ViewCache());

const search = { conditions: [], prompts: 'hidden', order: [], limit: 100 } as const;

function tagged(key: string, value: string) {
  return { ...search, conditions: [{ kind: 'tag', key, comparator: '=', value }] } as const;
}

function irisWithOneVersion(): Given {
  return new Given().of('m', registered('iris'), versionCreated(1));
}

function namesOfModels(given: Given): readonly string[] {
  return given.registry.reader.searchModels(search).items.map(({ name }) => name);
}

function namesOfVersions(given: Given): readonly string[] {
  return given.registry.reader.searchVersions(search).items.map(({ name }) => name);
}

describe('the registry projection: models', () => {
  it('shows a registered model', () => {
    const tags = [
      { key: 'team', value: 'risk' },
      { key: 'area', value: '' },
    ];
    const { reader } = new Given().at(7, 'm', registered('iris', { description: 'flowers', tags })).registry;

    expect(reader.registeredModel('iris')).toEqual({
      name: 'iris',
      createdAt: 7,
      updatedAt: 7,
      description: 'flowers',
      latestVersions: [],
      tags: [
        { key: 'area', value: '' },
        { key: 'team', value: 'risk' },
      ],
      aliases: [],
    });
  });

  it('gives a renamed model and all its versions the new name and the time of it', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1), versionCreated(2))
      .at(90, 'm', renamed('iris', 'orchid')).registry;

    expect(reader.registeredModel('iris')).toBeUndefined();
    expect(reader.modelVersion('iris', 1)).toBeUndefined();
    expect(reader.registeredModel('orchid')).toMatchObject({ name: 'orchid', createdAt: 1, updatedAt: 90 });
    expect(reader.modelVersion('orchid', 1)).toMatchObject({ name: 'orchid', createdAt: 2, updatedAt: 90 });
    expect(reader.modelVersion('orchid', 2)).toMatchObject({ name: 'orchid', createdAt: 3, updatedAt: 90 });
  });

  it('leaves other models alone when one is renamed', () => {
    const { reader } = new Given()
      .of('a', registered('iris'), versionCreated(1))
      .of('b', registered('rose'), versionCreated(1))
      .at(90, 'a', renamed('iris', 'orchid')).registry;

    expect(reader.modelVersion('rose', 1)).toMatchObject({ name: 'rose', updatedAt: 4 });
  });

  it('describes a model', () => {
    const { reader } = new Given()
      .of('m', registered('iris', { description: 'flowers' }))
      .at(90, 'm', { type: 'ModelDescribed', data: { description: '' } }).registry;

    expect(reader.registeredModel('iris')).toMatchObject({ description: '', updatedAt: 90 });
  });

  it('hides a deleted model with its versions and aliases', () => {
    const { reader } = new Given()
      .of(
        'm',
        registered('iris', { tags: [{ key: 'a', value: '1' }] }),
        versionCreated(1),
        aliasSet('champ', 1),
      )
      .of('m', { type: 'ModelDeleted', data: { name: 'iris' } }).registry;

    expect(reader.registeredModel('iris')).toBeUndefined();
    expect(reader.modelVersion('iris', 1)).toBeUndefined();
    expect(reader.versionByAlias('iris', 'champ')).toBeUndefined();
    expect(reader.searchModels(search).items).toEqual([]);
    expect(reader.searchVersions(search).items).toEqual([]);
  });

  it('knows nothing of the deleted model when its name is used again', () => {
    const { reader } = new Given()
      .of('old', registered('iris'), versionCreated(1), versionCreated(2), aliasSet('champ', 2))
      .of('old', { type: 'ModelDeleted', data: { name: 'iris' } })
      .of('new', registered('iris'), versionCreated(1)).registry;

    expect(reader.registeredModel('iris')).toMatchObject({ createdAt: 6, aliases: [] });
    expect(reader.searchVersions(search).items.map(({ version }) => version)).toEqual([1]);
  });

  it('shows a restored model as it was when it was deleted', () => {
    const given = new Given()
      .of('m', registered('iris', { tags: [{ key: 'a', value: '1' }] }), versionCreated(1), versionCreated(2))
      .of('m', versionCreated(3), moved(1, 'None', 'Production'), aliasSet('champ', 1), tagSet(2, 'b', '2'))
      .of('m', versionDeleted(3));
    const before = given.registry.reader;
    given
      .of('m', modelDeleted('iris'))
      .of('other', registered('iris'), versionCreated(1), modelDeleted('iris'))
      .of('another', registered('rose'), versionCreated(1))
      .of('m', modelRestored('iris'));
    const { reader } = given.registry;

    expect(reader.registeredModel('iris')).toEqual(before.registeredModel('iris'));
    for (const version of [1, 2, 3]) {
      expect(reader.modelVersion('iris', version)).toEqual(before.modelVersion('iris', version));
    }
    expect(reader.versionByAlias('iris', 'champ')).toEqual(before.versionByAlias('iris', 'champ'));
    expect(reader.searchVersions(tagged('b', '2')).items).toEqual(
      before.searchVersions(tagged('b', '2')).items,
    );
    expect(reader.searchModels(tagged('a', '1')).items).toHaveLength(1);
  });

  it('keeps nothing aside of what was restored', () => {
    const { db } = irisWithOneVersion()
      .of('m', versionCreated(2), versionDeleted(2), modelDeleted('iris'), modelRestored('iris'))
      .of('m', versionRestored(2, 'None'), modelDeleted('iris'), modelRestored('iris')).registry;

    expect(rowsOf(db)).toMatchObject({ registry_deleted_models: [], registry_deleted_versions: [] });
  });

  it('keeps aliases of a deleted model aside in their own order, whether there were indexes or not', () => {
    const { db } = irisWithOneVersion()
      .of('m', versionCreated(2), aliasSet('a', 2), aliasSet('b', 1))
      .of('m', modelDeleted('iris')).registry;

    const aliases = '[{"alias":"a","version":2},{"alias":"b","version":1}]';
    expect(rowsOf(db)).toMatchObject({ registry_deleted_models: [{ aliases }] });
  });

  it('takes a model that has been deleted for gone, whatever still comes of it', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1), { type: 'ModelDeleted', data: { name: 'iris' } })
      .of('m', versionCreated(2), tagSet(2, 'a', '1'), tagSet(null, 'a', '1'), moved(2, 'None', 'Staging'))
      .of('m', aliasSet('champ', 2), renamed('iris', 'rose')).registry;

    expect(reader.searchVersions(search).items).toEqual([]);
    expect(reader.registeredModel('rose')).toBeUndefined();
  });

  it('is not disturbed by a claim that was forfeited before there was a model', () => {
    const forfeited = { type: 'NameClaimForfeited', data: { name: 'iris', claimId: 'c' } } as const;
    const { reader } = new Given().of('m', forfeited, { type: 'NothingChanged', data: {} }).registry;

    expect(reader.registeredModel('iris')).toBeUndefined();
  });

  it('stops rather than have two live models of one name', () => {
    const { events } = new Given().of('a', registered('iris')).of('b', registered('iris')).history;
    const db = new DatabaseSync(':memory:');
    projection.create(db);
    const apply = projection.open(db);

    expect(() => events.forEach(apply)).toThrow(/UNIQUE/);
  });

  it('stops at an event that it does not know', () => {
    const { events } = new Given().of('m', registered('iris')).history;
    const db = new DatabaseSync(':memory:');
    projection.create(db);
    const apply = projection.open(db);

    expect(() => events.forEach((event) => apply({ ...event, type: 'ModelPainted' }))).toThrow(
      /ModelPainted/,
    );
  });
});

describe('the registry projection: versions', () => {
  it('shows a new version, which also counts as a change of the model', () => {
    const tags = [{ key: 'git', value: 'abc' }];
    const { reader } = new Given()
      .of('m', registered('iris'))
      .at(90, 'm', versionCreated(1, { source: 's3://b/m', runId: 'r1', tags })).registry;

    expect(reader.modelVersion('iris', 1)).toEqual({
      name: 'iris',
      version: 1,
      createdAt: 90,
      updatedAt: 90,
      stage: 'None',
      description: '',
      source: 's3://b/m',
      runId: 'r1',
      runLink: '',
      status: 'READY',
      statusMessage: null,
      tags,
      aliases: [],
    });
    expect(reader.registeredModel('iris')).toMatchObject({ createdAt: 1, updatedAt: 90 });
  });

  it('describes a version without touching its model', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1))
      .at(90, 'm', { type: 'VersionDescribed', data: { version: 1, description: null } }).registry;

    expect(reader.modelVersion('iris', 1)).toMatchObject({ description: null, updatedAt: 90 });
    expect(reader.registeredModel('iris')).toMatchObject({ updatedAt: 2 });
  });

  it('shows the status of a version', () => {
    const status = { version: 1, status: 'FAILED_REGISTRATION', message: 'no such file' } as const;
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1))
      .at(90, 'm', { type: 'VersionStatusChanged', data: status }).registry;

    expect(reader.modelVersion('iris', 1)).toMatchObject({
      status: 'FAILED_REGISTRATION',
      statusMessage: 'no such file',
      updatedAt: 90,
    });
    expect(reader.registeredModel('iris')).toMatchObject({ updatedAt: 2 });
  });

  it('moves a version to another stage, which also counts as a change of the model', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1), versionCreated(2))
      .at(90, 'm', moved(1, 'None', 'Production')).registry;

    expect(reader.modelVersion('iris', 1)).toMatchObject({ stage: 'Production', updatedAt: 90 });
    expect(reader.modelVersion('iris', 2)).toMatchObject({ stage: 'None', updatedAt: 3 });
    expect(reader.registeredModel('iris')).toMatchObject({ updatedAt: 90 });
  });

  it('hides a deleted version, which also counts as a change of the model', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1, { tags: [{ key: 'a', value: '1' }] }), versionCreated(2))
      .at(90, 'm', { type: 'VersionDeleted', data: { version: 1 } }).registry;

    expect(reader.modelVersion('iris', 1)).toBeUndefined();
    expect(reader.modelVersion('iris', 2)).toMatchObject({ updatedAt: 3 });
    expect(reader.registeredModel('iris')).toMatchObject({ updatedAt: 90 });
  });
});

describe('the registry projection: restored versions', () => {
  it('are in the stage that the event says, with their tags, which also counts as a change of the model', () => {
    const { reader } = new Given()
      .of('m', registered('iris'), versionCreated(1, { tags: [{ key: 'a', value: '1' }] }), versionCreated(2))
      .of('m', moved(1, 'None', 'Production'), versionDeleted(1))
      .at(90, 'm', versionRestored(1, 'Archived')).registry;

    expect(reader.modelVersion('iris', 1)).toMatchObject({
      createdAt: 2,
      updatedAt: 90,
      stage: 'Archived',
      source: 's3://bucket/model',
      tags: [{ key: 'a', value: '1' }],
    });
    expect(reader.registeredModel('iris')).toMatchObject({ updatedAt: 90 });
    expect(reader.searchVersions(tagged('a', '1')).items).toMatchObject([{ version: 1 }]);
  });

  it('have the name that the model got meanwhile', () => {
    const { reader } = irisWithOneVersion().of(
      'm',
      versionDeleted(1),
      renamed('iris', 'rose'),
      versionRestored(1, 'None'),
    ).registry;

    expect(reader.searchVersions(search).items).toMatchObject([{ name: 'rose', version: 1 }]);
  });

  it('are those of a prompt when any version still makes one of the model', () => {
    const given = new Given()
      .of('m', registered('iris'), versionCreated(1), versionCreated(2, { tags: [promptTag] }))
      .of('m', versionDeleted(1), versionRestored(1, 'None'), versionDeleted(2), versionRestored(2, 'None'));

    expect(namesOfVersions(given)).toEqual([]);
    given.of('m', tagDeleted(2, promptTag.key));
    expect(namesOfVersions(given)).toEqual(['iris', 'iris']);
  });
});

describe('the registry projection: tags and aliases', () => {
  it('sets, changes and deletes tags of a version without a trace in its times', () => {
    const { reader } = irisWithOneVersion().of(
      'm',
      tagSet(1, 'b', '1'),
      tagSet(1, 'a', '2'),
      tagSet(1, 'c', '3'),
      tagSet(1, 'b', 'new'),
      tagDeleted(1, 'c'),
      tagDeleted(1, 'never set'),
    ).registry;

    expect(reader.modelVersion('iris', 1)).toMatchObject({
      updatedAt: 2,
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: 'new' },
      ],
    });
  });

  it('sets, changes and deletes tags of a model without a trace in its times', () => {
    const { reader } = irisWithOneVersion().of(
      'm',
      tagSet(null, 'b', '1'),
      tagSet(null, 'a', '2'),
      tagSet(null, 'b', 'new'),
      tagDeleted(null, 'a'),
    ).registry;

    expect(reader.registeredModel('iris')).toMatchObject({
      updatedAt: 2,
      tags: [{ key: 'b', value: 'new' }],
    });
    expect(reader.modelVersion('iris', 1)).toMatchObject({ tags: [] });
  });

  it('keeps tags as they are written, by key in the order of their bytes', () => {
    const keys = ['z', 'ä', 'A', '10', '9', '__proto__', '\u{1F33B}', '\uFF5E', '\'"\\', 'a b'];
    const { reader } = irisWithOneVersion().of(
      'm',
      ...keys.map((key) => tagSet(1, key, `{"${key}"}`)),
    ).registry;

    const ordered = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(reader.modelVersion('iris', 1)?.tags).toEqual(
      ordered.map((key) => ({ key, value: `{"${key}"}` })),
    );
  });

  it('moves an alias and forgets a deleted one, without a trace in the times', () => {
    const { reader } = irisWithOneVersion().of(
      'm',
      versionCreated(2),
      aliasSet('champ', 1),
      aliasSet('best', 2),
      aliasSet('Best', 2),
      aliasSet('champ', 2, 1),
      aliasSet('old', 1),
      { type: 'AliasDeleted', data: { alias: 'old', version: 1 } },
    ).registry;

    expect(reader.registeredModel('iris')).toMatchObject({
      updatedAt: 3,
      aliases: [
        { alias: 'Best', version: 2 },
        { alias: 'best', version: 2 },
        { alias: 'champ', version: 2 },
      ],
    });
    expect(reader.modelVersion('iris', 1)).toMatchObject({ aliases: [], updatedAt: 2 });
    expect(reader.modelVersion('iris', 2)?.aliases).toEqual(['Best', 'best', 'champ']);
  });
});

describe('the registry projection: prompts', () => {
  it('hides models that carry the prompt tag from the search of models', () => {
    const given = new Given()
      .of('p', registered('greeting', { tags: [promptTag] }))
      .of('m', registered('iris'));

    expect(namesOfModels(given)).toEqual(['iris']);
    expect(namesOfModels(given.of('m', tagSet(null, promptTag.key, 'True')))).toEqual(['iris']);
    expect(namesOfModels(given.of('m', tagSet(null, promptTag.key, 'true')))).toEqual([]);
    expect(namesOfModels(given.of('p', tagDeleted(null, promptTag.key)))).toEqual(['greeting']);
  });

  it('hides all versions of a name of which one carries the prompt tag', () => {
    const given = new Given()
      .of(
        'p',
        registered('greeting'),
        versionCreated(1),
        versionCreated(2, { tags: [promptTag] }),
        versionCreated(3),
      )
      .of('m', registered('iris'), versionCreated(1));

    expect(namesOfVersions(given)).toEqual(['iris']);
  });

  it('hides them also when the tag comes later, until the last one has lost it', () => {
    const tagged = tagSet(1, promptTag.key, 'true');
    const given = new Given().of('m', registered('iris'), versionCreated(1), versionCreated(2));

    expect(namesOfVersions(given.of('m', tagged, tagged))).toEqual([]);
    expect(namesOfVersions(given.of('m', tagSet(2, promptTag.key, 'true')))).toEqual([]);
    expect(namesOfVersions(given.of('m', tagDeleted(1, promptTag.key)))).toEqual([]);
    expect(namesOfVersions(given.of('m', tagSet(2, promptTag.key, 'false')))).toEqual(['iris', 'iris']);
  });

  it('goes on hiding them when the version that carried the tag is deleted', () => {
    const given = new Given()
      .of('m', registered('iris'), versionCreated(1), versionCreated(2, { tags: [promptTag] }))
      .of('m', { type: 'VersionDeleted', data: { version: 2 } }, versionCreated(3));

    expect(namesOfVersions(given)).toEqual([]);
  });

  it('shows prompts when asked to', () => {
    const { reader } = new Given().of(
      'p',
      registered('greeting', { tags: [promptTag] }),
      versionCreated(1, { tags: [promptTag] }),
    ).registry;

    expect(reader.searchModels({ ...search, prompts: 'shown' }).items).toHaveLength(1);
    expect(reader.searchVersions({ ...search, prompts: 'shown' }).items).toHaveLength(1);
  });
});

describe('the tables of the registry projection', () => {
  it('may be indexed again, and while events are being applied', () => {
    const { events } = new Given()
      .of('m', registered('iris'), versionCreated(1, { tags: [{ key: 'a', value: '1' }] }))
      .of('m', tagSet(1, 'a', '2'), versionCreated(2, { tags: [{ key: 'b', value: '1' }] })).history;
    const rows = [0, 1, 2, 3, 4].map((indexedAfter) => {
      const db = new DatabaseSync(':memory:');
      projection.create(db);
      const apply = projection.open(db);
      for (const event of events) {
        if (event.position > indexedAfter) projection.index(db);
        apply(event);
      }
      projection.index(db);
      return rowsOf(db);
    });

    for (const each of rows) expect(each).toEqual(rows[0]);
  });

  it('leave nothing behind when they are dropped, and may be dropped when they are not there', () => {
    const db = new DatabaseSync(':memory:');
    projection.drop(db);
    projection.create(db);
    projection.index(db);
    projection.drop(db);

    expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
  });
});
