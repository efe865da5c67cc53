import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { VersionCondition } from '../../../../src/application/queries/search-criteria.js';
import { assertNever } from '../../../../src/domain/decider.js';
import { isPromptKey } from '../../../../src/domain/registered-model/prompt.js';
import { RegistryError } from '../../../../src/domain/registry-error.js';
import { nextPageToken } from '../../../../src/http/mlflow/search/page-token.js';
import type { SearchRequest } from '../../../../src/http/mlflow/search/search-request.js';
import { searchModels, searchVersions, versionConditions } from './searching.js';

/** Pieces that mean something to the grammar, so that random texts get past its first step. */
const words =
  'name run_id source_path version_number tags tag attribute version timestamp x AND OR NOT IN IS NULL LIKE ILIKE RLIKE ' +
  "BETWEEN ASC DESC 'a' \"b\" `c` '' 5 -1 1.5 1e3 0x1 \\x4 \\ud800 😀 é";
const symbols = "= != < >= <> ~ . , ; : :: ( ) [ ] - -- /* * # ' \" ` \\ \\' $ { ? %s @ &&";
const pieces = [...words.split(' '), ...symbols.split(' '), '# ', ' ', '\t', '\n', '\u00a0', '\0', '\ud800'];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(' ')),
);

const request: fc.Arbitrary<SearchRequest> = fc.record({
  filter: text,
  max_results: fc.oneof(fc.constant(1), fc.double(), fc.integer()),
  order_by: fc.array(text, { maxLength: 3 }),
  page_token: fc.oneof(
    fc.constant(''),
    text,
    text.map((json) => Buffer.from(json).toString('base64')),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64')),
  ),
});

/** Text that can be stored and quoted; what is in quotes cannot hold both kinds, nor end with a backslash. */
const value = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((one) => one.isWellFormed() && !(one.includes("'") && one.includes('"')) && !one.endsWith('\\'));
const tagKey = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((key) => key.isWellFormed() && !key.includes('`') && key !== isPromptKey);
const textComparator = fc.constantFrom('=', '!=', 'LIKE', 'ILIKE');

const condition: fc.Arbitrary<VersionCondition> = fc.oneof(
  fc.record({ kind: fc.constantFrom('name', 'run_id', 'source_path'), comparator: textComparator, value }),
  fc.record({ kind: fc.constant('tag'), key: tagKey, comparator: textComparator, value }),
  fc.record({
    kind: fc.constantFrom('run_id_in', 'name_in'),
    values: fc.uniqueArray(value, { minLength: 2, maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant('version_number'),
    comparator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    value: fc.maxSafeInteger(),
  }),
) as fc.Arbitrary<VersionCondition>;

/** One of the ways to write a condition, chosen by `style`. */
function written(one: VersionCondition, style: number): string {
  const gap = style % 2 === 0 ? ' ' : '\n';
  switch (one.kind) {
    case 'name_in':
    case 'run_id_in':
      return `${one.kind.replace('_in', '')}${gap}IN (${one.values.map(escaped).join(`,${gap}`)})`;
    case 'version_number':
      return `version_number${gap}${one.comparator}${style % 3 === 0 ? `'${one.value}'` : one.value}`;
    case 'tag': {
      const entity = style % 3 === 0 ? 'tag' : 'tags';
      return `${entity}.\`${one.key}\`${gap}${one.comparator}${gap}${quoted(one.value)}`;
    }
    case 'name':
    case 'run_id':
    case 'source_path':
      return `${style % 3 === 0 ? 'attribute.' : ''}${one.kind} ${one.comparator}${gap}${quoted(one.value)}`;
    default:
      return assertNever(one);
  }
}

function quoted(one: string): string {
  return one.includes("'") ? `"${one}"` : `'${one}'`;
}

/** As Python would, but for quotes, which have to be written so that SQL does not see them either. */
function escaped(one: string): string {
  return `'${one.replaceAll('\\', '\\x5c').replaceAll("'", '\\x27')}'`;
}

/** What the search makes of it, or that it is refused. Whatever else is thrown is a bug. */
function outcome(search: () => unknown): unknown {
  try {
    return search();
  } catch (error) {
    if (error instanceof RegistryError) return error.code;
    throw error;
  }
}

describe('Whatever a client sends', () => {
  it('is understood or refused', () => {
    fc.assert(
      fc.property(request, (sent) => {
        outcome(() => searchModels(sent));
        outcome(() => searchVersions(sent));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is understood or refused even at the size of a megabyte', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 }), (parts) => {
        const part = parts.join('');
        const filter = part.repeat(Math.ceil(1_000_000 / part.length));
        outcome(() => searchModels({ filter }));
        outcome(() => searchVersions({ filter: `run_id IN (${filter})` }));
        outcome(() => searchVersions({ order_by: [filter] }));
      }),
      { numRuns: 20 },
    );
  });

  it('means the same conditions however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(condition, fc.nat({ max: 5 })), { maxLength: 6 }),
        fc.constantFrom(' AND ', '\nand ', ' '),
        (conditions, and) => {
          const filter = conditions.map(([one, style]) => written(one, style)).join(and);
          expect(versionConditions(filter)).toEqual(conditions.map(([one]) => one));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('leads from page to page by tokens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()), {
          minLength: 1,
          maxLength: 4,
        }),
        (end) => {
          const { next_page_token } = nextPageToken(searchModels(), { items: [], end });
          expect(searchModels({ page_token: next_page_token! }).after).toEqual(end);
        },
      ),
    );
  });
});
