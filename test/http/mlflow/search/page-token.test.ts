import { describe, expect, it } from '@jest/globals';
import { nextPageToken } from '../../../../src/http/mlflow/search/page-token.js';
import type { SearchRequest } from '../../../../src/http/mlflow/search/search-request.js';
import { refusal } from '../refusal.js';
import { searchModels, searchVersions } from './searching.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const tokenRefusal = (page_token: string) => refusal(() => searchModels({ page_token }));

function modelToken(request: Partial<SearchRequest>, ...end: (string | number)[]): string {
  return nextPageToken(searchModels(request), { items: [], end }).next_page_token!;
}

describe('A page token', () => {
  it('is not given for the last page', () => {
    expect(nextPageToken(searchModels(), { items: [] })).toEqual({});
  });

  it('leads to where the page ended', () => {
    const token = modelToken({ order_by: ['timestamp'] }, 1700000000000, 'Änne 😀');
    expect(searchModels({ order_by: ['timestamp'], page_token: token }).after).toEqual([
      1700000000000,
      'Änne 😀',
    ]);
  });

  it('is base64', () => {
    expect(modelToken({}, 'iris')).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it('means the first page when it is empty', () => {
    expect(searchModels({ page_token: '' })).not.toHaveProperty('after');
  });

  it('is good for pages of another size', () => {
    const token = modelToken({ max_results: 10 }, 'iris');
    expect(searchModels({ max_results: 20, page_token: token }).after).toEqual(['iris']);
  });

  it('is good for the same search in other words', () => {
    const token = modelToken({ filter: "name LIKE 'a%'", order_by: ['timestamp'] }, 7, 'iris');
    const same = { filter: 'attribute.name like "a%"', order_by: ['last_updated_timestamp ASC'] };
    expect(searchModels({ ...same, page_token: token }).after).toEqual([7, 'iris']);
  });

  it.each([
    { filter: "name = 'b'" },
    { filter: "name = 'a' AND tags.`mlflow.prompt.is_prompt` = 'true'" },
    { filter: "name = 'a'", order_by: ['name DESC'] },
    { filter: '' },
  ])('is not good for another search: %j', (other) => {
    const token = modelToken({ filter: "name = 'a'" }, 'iris');
    expect(refusal(() => searchModels({ ...other, page_token: token }))).toBe(
      'Invalid page token, it does not belong to this search of registered models: ' +
        'filter and order_by must be the same for all pages',
    );
  });

  it('of a search for models is not good for one for versions', () => {
    const token = modelToken({ order_by: ['name'] }, 'iris');
    expect(refusal(() => searchVersions({ order_by: ['name'], page_token: token }))).toMatch(
      /^Invalid page token, it does not belong to this search of model versions/,
    );
  });

  it('cannot be altered', () => {
    const json = Buffer.from(modelToken({}, 'iris'), 'base64').toString();
    expect(tokenRefusal(base64(json.replace('iris', 'rose')))).toMatch(
      /^Invalid page token, it does not belong/,
    );
  });
});

describe('What is no page token', () => {
  it.each(['evilhax', 'a', 'ab', 'ab=', 'schön'])('%s is not even base64', (token) => {
    expect(tokenRefusal(token)).toBe('Invalid page token, could not base64-decode');
  });

  it.each([
    [base64('notjson'), "b'notjson'"],
    [base64("it's"), 'b"it\'s"'],
    [base64('a\nb\\'), "b'a\\nb\\\\'"],
    [Buffer.of(0xff, 0xfe, 0x22).toString('base64'), "b'\\xff\\xfe\"'"],
    ['!!!!', "b''"],
    ['bm90 anNv\nbg==ignored', "b'notjson'"],
  ])('%j is base64 of no JSON', (token, shown) => {
    expect(tokenRefusal(token)).toBe(`Invalid page token, decoded value=${shown}`);
  });

  it.each([
    ['{"x": 1}', "{'x': 1}"],
    ['{"offset": 0}', "{'offset': 0}"],
    ['{"offset": ""}', "{'offset': ''}"],
    ['{}', '{}'],
    ['[1, 2.5, "it\'s", null, true, false]', '[1, 2.5, "it\'s", None, True, False]'],
    ['5', '5'],
    ['{"after": ["a"]}', "{'after': ['a']}"],
    ['{"after": [null], "seal": "x"}', "{'after': [None], 'seal': 'x'}"],
  ])('%s is JSON of something else', (json, shown) => {
    expect(tokenRefusal(base64(json))).toBe(`Invalid page token, parsed value=${shown}`);
  });

  it('JSON that is nested beyond reason is shown in part', () => {
    const json = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(tokenRefusal(base64(json))).toBe(
      `Invalid page token, parsed value=${'['.repeat(21)}...${']'.repeat(21)}`,
    );
  });

  it.each([
    ['{"offset": "x"}', 'x'],
    ['{"offset": [1]}', '[1]'],
  ])('%s has an offset that is no number', (json, shown) => {
    expect(tokenRefusal(base64(json))).toBe(`Invalid page token, not stringable ${shown}`);
  });

  it.each(['{"offset": 3}', '{"offset": "3"}'])('%s is a token of MLflow itself', (json) => {
    expect(tokenRefusal(base64(json))).toBe(
      'Invalid page token, offsets are not supported: start again without a page token',
    );
  });
});
