import { describe, expect, it } from '@jest/globals';
import { modelConditions, modelRefusal, versionConditions } from './searching.js';

const a = { kind: 'name', comparator: '=', value: 'a' };
const b = { kind: 'name', comparator: '=', value: 'b' };
const tag = (key: string) => ({ kind: 'tag', key, comparator: '=', value: 'v' });

describe('The grammar of filters', () => {
  it('has no condition for an empty filter', () => {
    expect(modelConditions('')).toEqual([]);
  });

  it.each([
    "name = 'a' AND name = 'b'",
    "name = 'a' and name = 'b'",
    "name='a'AND name='b'",
    "name = 'a'\nAND\tname = 'b'",
    "name = 'a' name = 'b'",
    "name='a'name='b'",
    "AND name = 'a' AND AND name = 'b' AND",
  ])('joins clauses by AND, which may be missing or be there more often: %j', (filter) => {
    expect(modelConditions(filter)).toEqual([a, b]);
  });

  it('has no condition for AND alone', () => {
    expect(modelConditions('AND')).toEqual([]);
  });

  it('keeps the clauses in their order', () => {
    expect(modelConditions("tags.z = 'v' AND name = 'a' AND tags.x = 'v'")).toEqual([tag('z'), a, tag('x')]);
  });

  it.each([
    ["name = 'a'", 'a'],
    ['name = "a"', 'a'],
    ["name='a'", 'a'],
    ["name = ''", ''],
    ["name = 'it''s'", "it''s"],
    ["name = 'it\\'s'", "it\\'s"],
    ['name = "it\'s"', "it's"],
    ['name = \'say "a"\'', 'say "a"'],
    ["name = 'a\\'", 'a\\'],
    ["name = 'a AND name = b'", 'a AND name = b'],
    ["name = 'a; -- b'", 'a; -- b'],
    ["name = ' a '", ' a '],
    ["name = 'Ä 日本 😀'", 'Ä 日本 😀'],
  ])('takes the outer quotes off a value and leaves the rest alone: %s', (filter, value) => {
    expect(modelConditions(filter)).toEqual([{ kind: 'name', comparator: '=', value }]);
  });

  it.each([
    ['name', 'name'],
    ['attribute.name', 'name'],
  ])('knows the attribute %s', (key, kind) => {
    expect(modelConditions(`${key} = 'a'`)).toEqual([{ kind, comparator: '=', value: 'a' }]);
  });

  it.each([
    ['tags.team', 'team'],
    ['tag.team', 'team'],
    ['tags.`team`', 'team'],
    ['tags."team"', 'team'],
    ["tags.'team'", 'team'],
    ['tags.`key-dash`', 'key-dash'],
    ['tag."two words"', 'two words'],
    ['tags.mlflow.foo', 'mlflow.foo'],
    ['tags.`mlflow.foo`', 'mlflow.foo'],
    ['tags.a_1', 'a_1'],
    ['tags._a', '_a'],
    ['tags.1a', '1a'],
    ['tags.2024', '2024'],
    ['tags.v1.2', 'v1.2'],
    ['tags.été', 'été'],
    ['tags.Team', 'Team'],
    ['tags.@type', '@type'],
    ['tags.*', '*'],
    ['tags.ns::key', 'ns::key'],
    ['tags.layer[0]', 'layer[0]'],
    ['tags.loss(mse)', 'loss(mse)'],
    ['tags.', ''],
    ['tags.``', ''],
  ])('reads the tag key of %s', (key, read) => {
    expect(modelConditions(`${key} = 'v'`)).toEqual([tag(read)]);
  });

  it.each(['version', 'source', 'type', 'and', 'like', 'in', 'null', 'from', 'select'])(
    'takes the SQL word %s for a tag key behind the dot',
    (word) => {
      expect(modelConditions(`tags.${word} = 'v'`)).toEqual([tag(word)]);
    },
  );

  it('reads comparators that are words in any letter case', () => {
    const named = { kind: 'name', value: 'a' };
    expect(modelConditions("name like 'a' AND name iLike 'a' AND name LIKE'a'")).toEqual([
      { ...named, comparator: 'LIKE' },
      { ...named, comparator: 'ILIKE' },
      { ...named, comparator: 'LIKE' },
    ]);
  });

  it('takes a list without AND around it', () => {
    expect(versionConditions("name = 'a' run_id IN ('r', 's') name = 'b'")).toEqual([
      a,
      { kind: 'run_id_in', values: ['r', 's'] },
      b,
    ]);
  });
});

describe('What is no filter', () => {
  it.each([
    ['  ', "Invalid filter '  '. Could not be parsed."],
    [
      "name='a'; name='b'",
      "Search filter contained multiple expression \"name='a'; name='b'\". Provide AND-ed expression list.",
    ],
    ["name = 'a';", 'Invalid clause(s) in filter string: ;'],
    ["name = 'a' OR name = 'b'", 'Invalid clause(s) in filter string: OR'],
    ["NOT name = 'a'", 'Invalid clause(s) in filter string: NOT'],
    ["(name = 'a')", "Invalid clause(s) in filter string: (name = 'a')"],
    ["name='a' and(name='b')", "Invalid clause(s) in filter string: and(name='b')"],
    ["name BETWEEN 'a' AND 'b'", "Invalid clause(s) in filter string: name, BETWEEN, 'a', 'b'"],
    ["name = 'a', name = 'b'", "Invalid clause(s) in filter string: name = 'a', name = 'b'"],
    ['name =', 'Invalid clause(s) in filter string: name, ='],
    ["= 'x'", "Invalid clause(s) in filter string: =, 'x'"],
    ['garbage', 'Invalid clause(s) in filter string: garbage'],
    ["name = 'a' AND name", 'Invalid clause(s) in filter string: name'],
    ["name foo = 'a'", 'Invalid clause(s) in filter string: name'],
    ["name = 'a' foo", "Invalid clause(s) in filter string: name = 'a' foo"],
    ["name = 'a", "Invalid clause(s) in filter string: name, =, ', a"],
    ["name IN 'a'", "Invalid clause(s) in filter string: name, IN, 'a'"],
    ["name IN ('a'", "Invalid clause(s) in filter string: name, IN, (, 'a'"],
    ["version = '1'", "Invalid clause(s) in filter string: version, =, '1'"],
    ["source = 'x'", "Invalid clause(s) in filter string: source, =, 'x'"],
    ["alias = 'x'", "Invalid clause(s) in filter string: alias, =, 'x'"],
    ['timestamp > 5', 'Invalid clause(s) in filter string: timestamp, >, 5'],
    ["name = 'a' -- b", 'Invalid clause(s) in filter string: -- b'],
    ['name = 0x10', 'Invalid clause(s) in filter string: name, =, 0x10'],
    ["'Alpha' = name", "Invalid comparison clause. Expected 'Identifier' found ''Alpha''"],
    ["5 = 'a'", "Invalid comparison clause. Expected 'Identifier' found '5'"],
    ["tags.key-dash = 'x'", "Invalid comparison clause. Expected 'Identifier' found 'tags.key-dash'"],
    ["lower(name) = 'a'", "Invalid comparison clause. Expected 'Identifier' found 'lower(name)'"],
    ["name = 'a' = 'b'", "Invalid comparison clause. Expected 'Identifier' found 'name = 'a''"],
  ])('%j is refused in the words of MLflow', (filter, message) => {
    expect(modelRefusal(filter)).toBe(message);
  });

  it.each(["name = 'a\0'", "name = '\ud800'"])('text that cannot be stored is refused: %j', (filter) => {
    expect(modelRefusal(filter)).toBe(
      "Invalid value for parameter 'filter': it contains a NUL character or an unpaired surrogate.",
    );
  });

  it('refuses more conditions than a search can have', () => {
    expect(modelRefusal("name != 'a' AND ".repeat(1_001))).toBe(
      'Invalid filter. It has 1001 conditions; the most is 1000.',
    );
  });

  it('refuses a filter of too many tokens in the words of MLflow', () => {
    expect(modelRefusal('a '.repeat(500_000))).toMatch(/^Error on parsing filter 'a a /);
  });
});
