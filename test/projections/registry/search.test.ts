import { describe, expect, it } from '@jest/globals';
import type { VersionCondition, VersionSearch } from '../../../src/application/queries/search-criteria.js';
import { SqliteRegistryReader } from '../../../src/projections/registry/registry.reader.js';
import { ViewCache } from '../../../src/projections/registry/view-cache.js';
import { Given, registered, versionCreated } from './registry-spec.js';

const search: VersionSearch = { conditions: [], prompts: 'hidden', order: [], limit: 100 };
const token = { code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining('Invalid page token') };

describe('a search', () => {
  const { reader } = new Given().of('m', registered('iris'), versionCreated(1), versionCreated(2)).registry;

  it('gives no end on the last page', () => {
    expect(reader.searchVersions({ ...search, limit: 2 })).not.toHaveProperty('end');
    expect(reader.searchVersions({ ...search, limit: 1 })).toHaveProperty('end', [3, 'iris', 2]);
  });

  it('gives versions without aliases', () => {
    const { reader } = new Given().of('m', registered('iris'), versionCreated(1), {
      type: 'AliasSet',
      data: { alias: 'champ', version: 1, from: null },
    }).registry;

    expect(reader.searchVersions(search).items[0]?.aliases).toEqual([]);
    expect(reader.searchModels({ ...search, conditions: [], order: [] }).items[0]).toMatchObject({
      aliases: [{ alias: 'champ', version: 1 }],
      latestVersions: [{ version: 1, aliases: [] }],
    });
  });

  it.each([[['iris', 1]], [[3, 'iris']], [['3', 'iris', 2]], [[Number.NaN, 'iris', 2]], [[]]])(
    'refuses the end %j of a page in another order',
    (after) => {
      expect(() => reader.searchVersions({ ...search, after })).toThrow(expect.objectContaining(token));
    },
  );

  it('takes as many conditions as a client can send', () => {
    const conditions: readonly VersionCondition[] = Array.from({ length: 3_000 }, (_, index) => ({
      kind: index % 2 === 0 ? 'name' : 'source_path',
      comparator: '!=',
      value: `x${index}`,
    }));

    expect(reader.searchVersions({ ...search, conditions }).items).toHaveLength(2);
  });

  it('takes any text for a text', () => {
    const conditions = ["'", '"; DROP TABLE registry_models; --', '\\', '\u0000', '?', '?1', ':name'].flatMap(
      (value) => [
        { kind: 'name', comparator: '!=', value } as const,
        { kind: 'tag', key: value, comparator: '=', value } as const,
      ],
    );

    expect(reader.searchVersions({ ...search, conditions }).items).toEqual([]);
  });

  it.each([
    { few: 100, several: 100, walk: 100, many: 100 },
    { few: 0, several: 100, walk: 1, many: 100 },
    { few: 0, several: 0, walk: 1, many: 100 },
    { few: 0, several: 0, walk: 1, many: 0 },
    { few: 0, several: 0, walk: 100, many: 0 },
  ])('finds what two common tags have in common, with the effort %j', (effort) => {
    const versions = Array.from({ length: 60 }, (_, index) => {
      const tags = [
        { key: 'a', value: index % 2 === 0 ? 'x' : 'y' },
        { key: 'b', value: index % 3 === 0 ? 'x' : 'y' },
      ];
      return versionCreated(index, { tags });
    });
    const { db } = new Given().of('m', registered('iris'), ...versions).registry;
    const conditions = ['a', 'b'].map((key) => ({ kind: 'tag', key, comparator: '=', value: 'x' }) as const);

    const page = new SqliteRegistryReader(db, new ViewCache(), effort).searchVersions({
      ...search,
      conditions,
      limit: 3,
    });
    expect(page.items.map(({ version }) => version)).toEqual([54, 48, 42]);
  });
});
