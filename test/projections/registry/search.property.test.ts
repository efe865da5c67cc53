import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import type {
  ModelSearch,
  Order,
  Page,
  PageEnd,
  VersionOrderKey,
  VersionSearch,
} from '../../../src/application/queries/search-criteria.js';
import type { ModelVersionView } from '../../../src/application/queries/views.js';
import { registryProjection } from '../../../src/projections/registry/registry.projection.js';
import { SqliteRegistryReader } from '../../../src/projections/registry/registry.reader.js';
import { ViewCache } from '../../../src/projections/registry/view-cache.js';
import { usualEffort } from '../../../src/projections/registry/search/page-search.js';
import type { SearchEffort } from '../../../src/projections/registry/search/page-search.js';
import type { RecordedHistory } from '../../support/recorded-events.js';
import { anyText, holdsForModel, holdsForVersion, inOrder } from './naive-search.js';
import { Given, moved, promptTag, registered, versionCreated } from './registry-spec.js';

/** Little effort makes small registries take the ways that are meant for big ones. */
const efforts: readonly SearchEffort[] = [
  usualEffort,
  { few: 0, several: 0, walk: 1, many: 0 },
  { few: 0, several: 0, walk: 1, many: 100 },
  { few: 0, several: 100, walk: 2, many: 100 },
];

/** Mostly texts that often meet, and some that are hard on wildcards and letter case. */
const simple = fc.array(fc.constantFrom('a', 'A', 'b'), { maxLength: 2 }).map((parts) => parts.join(''));
const text = fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: anyText });
const pattern = fc
  .tuple(text, fc.constantFrom('', '%', '_'), text, fc.constantFrom('', '%', '_'))
  .map((parts) => parts.join(''));
const comparator = fc.constantFrom('=', '!=', 'LIKE', 'ILIKE');
const key = fc.constantFrom('k', 'K');
const tags = fc
  .dictionary(key, text, { maxKeys: 3 })
  .map((dictionary) => Object.entries(dictionary).map(([key, value]) => ({ key, value })));
const time = fc.nat({ max: 3 });

const version = fc.record({
  at: time,
  movedAt: fc.option(time),
  runId: fc.constantFrom('', 'r1', 'R1', 'r_2'),
  source: text,
  tags,
});

const models = fc.uniqueArray(
  fc.record({
    name: text,
    tags,
    at: time,
    isPrompt: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
    versions: fc.array(version, { maxLength: 5 }),
  }),
  { selector: ({ name }) => name, maxLength: 8 },
);

const textCondition = fc.record({ comparator, value: fc.oneof(text, pattern) });
const condition = fc.oneof(
  textCondition.map((compared) => ({ kind: 'name', ...compared }) as const),
  fc.tuple(key, textCondition).map(([key, compared]) => ({ kind: 'tag', key, ...compared }) as const),
  fc.array(text, { maxLength: 3 }).map((values) => ({ kind: 'name_in', values }) as const),
);
const versionCondition = fc.oneof(
  condition,
  fc
    .tuple(fc.constantFrom('run_id', 'source_path'), textCondition)
    .map(([kind, compared]) => ({ kind, ...compared }) as const),
  fc
    .array(fc.constantFrom('r1', 'R1', "r'", ''), { maxLength: 3 })
    .map((values) => ({ kind: 'run_id_in', values }) as const),
  fc
    .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.constantFrom(0, 1, 2, 2.5, 4))
    .map(([comparator, value]) => ({ kind: 'version_number', comparator, value }) as const),
);

const direction = fc.constantFrom('ASC', 'DESC');
const modelOrder = fc.uniqueArray(fc.record({ key: fc.constantFrom('name', 'updatedAt'), direction }), {
  selector: ({ key }) => key,
});
const versionOrder = fc.uniqueArray(
  fc.record({ key: fc.constantFrom('name', 'version', 'createdAt', 'updatedAt'), direction }),
  { selector: ({ key }) => key },
);
const prompts = fc.constantFrom('hidden', 'shown');
const limit = fc.integer({ min: 1, max: 7 });

it('finds what a search of versions describes, in its order, each on one page', () => {
  const search = fc.record({
    conditions: fc.array(versionCondition, { maxLength: 3 }),
    prompts,
    order: versionOrder,
    limit,
  });
  fc.assert(
    fc.property(models, search, fc.constantFrom(...efforts), (models, search, effort) => {
      const { reader, versions } = registryOf(models, effort);
      const expected = versions
        .filter(({ hidden }) => search.prompts === 'shown' || !hidden)
        .map(({ view }) => view)
        .filter((view) => search.conditions.every((condition) => holdsForVersion(view, condition)))
        .sort(inOrder(completed(search.order)));

      expect(allPages(search, (page: VersionSearch) => reader.searchVersions(page))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('finds what a search of models describes, in its order, each on one page', () => {
  const search = fc.record({
    conditions: fc.array(condition, { maxLength: 3 }),
    prompts,
    order: modelOrder,
    limit,
  });
  fc.assert(
    fc.property(models, search, fc.constantFrom(...efforts), (models, search, effort) => {
      const { reader } = registryOf(models, effort);
      const expected = models
        .filter(({ isPrompt }) => search.prompts === 'shown' || !isPrompt)
        .flatMap(({ name }) => reader.registeredModel(name) ?? [])
        .filter((view) => search.conditions.every((condition) => holdsForModel(view, condition)))
        .sort(inOrder([...search.order, { key: 'name', direction: 'ASC' }]));

      expect(allPages(search, (page: ModelSearch) => reader.searchModels(page))).toEqual(expected);
    }),
    { numRuns: 250 },
  );
});

type Models = typeof models extends fc.Arbitrary<infer Value> ? Value : never;

function registryOf(
  models: Models,
  effort: SearchEffort,
): { reader: SqliteRegistryReader; versions: readonly { view: ModelVersionView; hidden: boolean }[] } {
  const given = new Given();
  const versions: { view: ModelVersionView; hidden: boolean }[] = [];
  for (const [index, model] of models.entries()) {
    const prompt = model.isPrompt ? [promptTag] : [];
    given.at(model.at, `${index}`, registered(model.name, { tags: [...model.tags, ...prompt] }));
    for (const [place, { at, movedAt, runId, source, tags }] of model.versions.entries()) {
      const version = place + 1;
      const ownTags = [...tags, ...(place === 0 ? prompt : [])];
      given.at(at, `${index}`, versionCreated(version, { runId, source, tags: ownTags }));
      if (movedAt !== null) given.at(movedAt, `${index}`, moved(version, 'None', 'Staging'));
      const view: ModelVersionView = {
        name: model.name,
        version,
        createdAt: at,
        updatedAt: movedAt ?? at,
        stage: movedAt === null ? 'None' : 'Staging',
        description: '',
        source,
        runId,
        runLink: '',
        status: 'READY',
        statusMessage: null,
        tags: ownTags.toSorted(inOrder([{ key: 'key', direction: 'ASC' }])),
        aliases: [],
      };
      versions.push({ view, hidden: model.isPrompt });
    }
  }
  return { reader: readerOf(given.history, effort), versions };
}

function readerOf({ events }: RecordedHistory, effort: SearchEffort): SqliteRegistryReader {
  const db = new DatabaseSync(':memory:');
  const views = new ViewCache();
  const projection = registryProjection(views);
  projection.create(db);
  const apply = projection.open(db);
  for (const event of events) apply(event);
  projection.index(db);
  return new SqliteRegistryReader(db, views, effort);
}

function completed(order: readonly Order<VersionOrderKey>[]): readonly Order<VersionOrderKey>[] {
  const usual: readonly Order<VersionOrderKey>[] =
    order.length === 0 ? [{ key: 'updatedAt', direction: 'DESC' }] : [];
  return [...order, ...usual, { key: 'name', direction: 'ASC' }, { key: 'version', direction: 'DESC' }];
}

/** Goes from page to page to the end. Every page but the last is full. */
function allPages<Search extends { limit: number; after?: PageEnd }, Item>(
  search: Search,
  find: (search: Search) => Page<Item>,
): readonly Item[] {
  const items: Item[] = [];
  let page = find(search);
  for (; page.end !== undefined; page = find({ ...search, after: page.end })) {
    expect(page.items).toHaveLength(search.limit);
    items.push(...page.items);
    if (items.length > 100) throw new Error('There are more rows on the pages than there are rows');
  }
  expect(page.items.length).toBeLessThanOrEqual(search.limit);
  return [...items, ...page.items];
}
