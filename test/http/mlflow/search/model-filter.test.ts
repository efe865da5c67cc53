import { describe, expect, it } from '@jest/globals';
import { modelConditions, modelRefusal } from './searching.js';

describe('A filter for registered models', () => {
  it.each(['=', '!=', 'LIKE', 'ILIKE'])('compares names by %s', (comparator) => {
    expect(modelConditions(`name ${comparator} 'a%'`)).toEqual([{ kind: 'name', comparator, value: 'a%' }]);
  });

  it.each(['=', '!=', 'LIKE', 'ILIKE'])('compares tags by %s', (comparator) => {
    expect(modelConditions(`tags.team ${comparator} 'a%'`)).toEqual([
      { kind: 'tag', key: 'team', comparator, value: 'a%' },
    ]);
  });

  it('compares one tag as often as it is asked to', () => {
    expect(modelConditions("tags.t != 'a' AND tags.t LIKE 'b%'")).toEqual([
      { kind: 'tag', key: 't', comparator: '!=', value: 'a' },
      { kind: 'tag', key: 't', comparator: 'LIKE', value: 'b%' },
    ]);
  });

  it('reads NOT IN as unequal to each', () => {
    expect(modelConditions("name NOT IN ('a', 'b')")).toEqual([
      { kind: 'name', comparator: '!=', value: 'a' },
      { kind: 'name', comparator: '!=', value: 'b' },
    ]);
  });

  it('reads IN with one name as equal to it', () => {
    expect(modelConditions("name in('a')")).toEqual([{ kind: 'name', comparator: '=', value: 'a' }]);
  });

  it('finds one of several names', () => {
    expect(modelConditions("name IN ('a', 'b')")).toEqual([{ kind: 'name_in', values: ['a', 'b'] }]);
  });

  it.each([
    [
      'name = Alpha',
      'Parameter value is either not quoted or unidentified quote types used for string value Alpha. ' +
        'Use either single or double quotes.',
    ],
    [
      'name = `a`',
      'Parameter value is either not quoted or unidentified quote types used for string value `a`. ' +
        'Use either single or double quotes.',
    ],
    [
      'tags.team = Small',
      'Parameter value is either not quoted or unidentified quote types used for string value Small. ' +
        'Use either single or double quotes.',
    ],
    [
      'name = 5',
      'Expected a quoted string value or a list of quoted string values for attributes. Got value 5',
    ],
    [
      'name = NULL',
      'Expected a quoted string value or a list of quoted string values for attributes. Got value NULL',
    ],
    [
      'name = ?',
      'Expected a quoted string value or a list of quoted string values for attributes. Got value ?',
    ],
    ['tags.team = 5', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 5"],
    ["tags.team IN ('A')", "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('A')"],
    ["foo.bar = 'x'", "Invalid entity type 'foo'. Valid entity types are ('attribute', 'tag', 'tags')"],
    [
      "attributes.name = 'x'",
      "Invalid entity type 'attributes'. Valid entity types are ('attribute', 'tag', 'tags')",
    ],
    ["attr.name = 'x'", "Invalid entity type 'attr'. Valid entity types are ('attribute', 'tag', 'tags')"],
    ["`tags`.x = 'x'", "Invalid entity type '`tags`'. Valid entity types are ('attribute', 'tag', 'tags')"],
    ["tags .x = 'x'", "Invalid entity type 'tags '. Valid entity types are ('attribute', 'tag', 'tags')"],
    ["run_id = 'x'", "Invalid attribute key 'run_id' specified. Valid keys are '{'name'}'"],
    ["NAME = 'x'", "Invalid attribute key 'NAME' specified. Valid keys are '{'name'}'"],
    ["`name` = 'x'", "Invalid attribute key '`name`' specified. Valid keys are '{'name'}'"],
    ["status IN ('x')", "Invalid attribute key 'status' specified. Valid keys are '{'name'}'"],
    ["name > 'A'", 'Invalid comparator for attribute: >'],
    ["name <> 'A'", 'Invalid comparator for attribute: <>'],
    ["name == 'A'", 'Invalid comparator for attribute: =='],
    ["name NOT LIKE 'A'", 'Invalid comparator for attribute: NOT LIKE'],
    ["name rlike 'A'", 'Invalid comparator for attribute: RLIKE'],
    ["name REGEXP 'A'", 'Invalid comparator for attribute: REGEXP'],
    ["tags.t > '1'", 'Invalid comparator for tag: >'],
    ['name IS NULL', 'Invalid comparator for attribute: IS NULL'],
    ['tags.t is not null', 'Invalid comparator for tag: IS NOT NULL'],
    ["name = ('a')", 'Invalid value for comparator =: only IN and NOT IN compare with a list.'],
  ])('%s is refused', (filter, message) => {
    expect(modelRefusal(filter)).toBe(message);
  });

  it('looks at all keys and values before it looks at comparators', () => {
    expect(modelRefusal("name > 'a' AND foo = 'b'")).toMatch(/^Invalid attribute key 'foo'/);
  });
});
