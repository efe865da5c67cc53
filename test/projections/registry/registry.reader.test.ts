import { describe, expect, it } from '@jest/globals';
import { aliasSet, Given, moved, registered, tagSet, versionCreated } from './registry-spec.js';

function iris(): Given {
  return new Given()
    .of('other', registered('rose'), versionCreated(1), aliasSet('champ', 1))
    .of('m', registered('iris'), versionCreated(1), versionCreated(2), versionCreated(3), versionCreated(4))
    .of('m', moved(1, 'None', 'Production'), moved(2, 'None', 'Production'), moved(4, 'None', 'Archived'))
    .of('m', aliasSet('champ', 2), tagSet(2, 'a', '1'));
}

describe('the registry reader', () => {
  it('compares names exactly', () => {
    const { reader } = new Given().of('m', registered('Íris %_*')).registry;

    expect(reader.registeredModel('Íris %_*')).toBeDefined();
    expect(reader.registeredModel('íris %_*')).toBeUndefined();
    expect(reader.registeredModel('Íris %_* ')).toBeUndefined();
    expect(reader.registeredModel('I\u0301ris %_*')).toBeUndefined();
  });

  it('gives the newest version of each stage with the model, by version and without aliases', () => {
    const latest = iris().registry.reader.registeredModel('iris')?.latestVersions;

    expect(latest?.map(({ version, stage }) => [version, stage])).toEqual([
      [2, 'Production'],
      [3, 'None'],
      [4, 'Archived'],
    ]);
    expect(latest?.[0]).toMatchObject({ tags: [{ key: 'a', value: '1' }], aliases: [] });
  });

  it('gives the newest version of the stages asked for, with aliases', () => {
    const { reader } = iris().registry;

    const latest = reader.latestVersions('iris', ['None', 'Production', 'Staging', 'Production']);
    expect(latest?.map(({ version, aliases }) => [version, aliases])).toEqual([
      [2, ['champ']],
      [3, []],
    ]);
  });

  it('tells a model without versions from no model', () => {
    const { reader } = new Given().of('m', registered('iris')).registry;

    expect(reader.latestVersions('iris', ['None'])).toEqual([]);
    expect(reader.latestVersions('rose', ['None'])).toBeUndefined();
  });

  it('finds a version by alias', () => {
    const { reader } = iris().registry;

    expect(reader.versionByAlias('iris', 'champ')?.version).toMatchObject({
      name: 'iris',
      version: 2,
      aliases: ['champ'],
    });
  });

  it('tells an alias that points nowhere from no model', () => {
    const { reader } = iris().registry;

    expect(reader.versionByAlias('iris', 'Champ')).toEqual({});
    expect(reader.versionByAlias('lily', 'champ')).toBeUndefined();
  });

  it('gives an alias whose version has been deleted for one that points nowhere', () => {
    const { reader } = iris().of('m', { type: 'VersionDeleted', data: { version: 2 } }).registry;

    expect(reader.versionByAlias('iris', 'champ')).toEqual({});
  });

  it('knows where the artifacts are', () => {
    const { reader } = new Given().of(
      'm',
      registered('iris'),
      versionCreated(1, { source: 's3://b/1' }),
      versionCreated(2, { source: 'models:/iris/1', storageLocation: 's3://b/1' }),
    ).registry;

    expect(reader.downloadUri('iris', 1)).toBe('s3://b/1');
    expect(reader.downloadUri('iris', 2)).toBe('s3://b/1');
    expect(reader.downloadUri('iris', 3)).toBeUndefined();
    expect(reader.downloadUri('rose', 1)).toBeUndefined();
  });
});
