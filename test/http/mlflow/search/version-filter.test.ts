import { describe, expect, it } from '@jest/globals';
import { versionConditions, versionRefusal } from './searching.js';

const texts = ['name', 'run_id', 'source_path'];

describe('A filter for model versions', () => {
  it.each(texts)('compares %s as text', (kind) => {
    const filter = ['=', '!=', 'LIKE', 'ILIKE']
      .map((comparator) => `${kind} ${comparator} 'a'`)
      .join(' AND ');
    expect(versionConditions(filter)).toEqual([
      { kind, comparator: '=', value: 'a' },
      { kind, comparator: '!=', value: 'a' },
      { kind, comparator: 'LIKE', value: 'a' },
      { kind, comparator: 'ILIKE', value: 'a' },
    ]);
  });

  it('compares tags as text', () => {
    expect(versionConditions("tag.`a b` ILIKE 'c'")).toEqual([
      { kind: 'tag', key: 'a b', comparator: 'ILIKE', value: 'c' },
    ]);
  });

  it.each(['=', '!=', '<', '<=', '>', '>='])('compares version numbers by %s', (comparator) => {
    expect(versionConditions(`version_number ${comparator} 3`)).toEqual([
      { kind: 'version_number', comparator, value: 3 },
    ]);
  });

  it.each([
    ['5', 5],
    ['-1', -1],
    ['007', 7],
    ["'5'", 5],
    ['"5"', 5],
    ["' +5 '", 5],
    ["'1_000'", 1000],
    ['9223372036854775807', Number.MAX_SAFE_INTEGER],
    ['-9223372036854775808', Number.MIN_SAFE_INTEGER],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('takes %s for a version number', (written, value) => {
    expect(versionConditions(`version_number<=${written}`)).toEqual([
      { kind: 'version_number', comparator: '<=', value },
    ]);
  });

  it.each([
    ["'x'", "'x'"],
    ["''", "''"],
    ["'1.0'", "'1.0'"],
    ['1.0', '1.0'],
    ['1.', '1.0'],
    ['.5', '0.5'],
    ['1e3', '1000.0'],
    ['1e17', '1e+17'],
    ['1e-5', '1e-05'],
    ['1e999', 'inf'],
    ['-1e999', '-inf'],
  ])('does not take %s for a version number', (written, shown) => {
    expect(versionRefusal(`version_number = ${written}`)).toBe(
      `Invalid value for numeric attribute 'version_number': ${shown}`,
    );
  });

  it.each(['run_id IN', 'attribute.run_id in'])('finds one of several runs by %s', (start) => {
    expect(versionConditions(`${start} ('a', "B", '123', 'a')`)).toEqual([
      { kind: 'run_id_in', values: ['a', 'B', '123'] },
    ]);
  });

  it('finds one of several names', () => {
    expect(versionConditions("name IN ('a', 'b')")).toEqual([{ kind: 'name_in', values: ['a', 'b'] }]);
  });

  it('reads NOT IN as unequal to each', () => {
    expect(versionConditions("run_id not  in ('a', 'b') AND name NOT IN ('c')")).toEqual([
      { kind: 'run_id', comparator: '!=', value: 'a' },
      { kind: 'run_id', comparator: '!=', value: 'b' },
      { kind: 'name', comparator: '!=', value: 'c' },
    ]);
  });

  it('reads IN with one value as equal to it', () => {
    expect(versionConditions("run_id IN ('a') AND name IN ('b')")).toEqual([
      { kind: 'run_id', comparator: '=', value: 'a' },
      { kind: 'name', comparator: '=', value: 'b' },
    ]);
  });

  it.each([
    [
      'name = 5',
      "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison " +
        'with numeric values.',
    ],
    [
      'run_id = 5.5',
      "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison " +
        'with numeric values.',
    ],
    ['tags.t = 5', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 5"],
    [
      "status = 'x'",
      "Invalid attribute key 'status' specified. Valid keys are " +
        "'{'name', 'run_id', 'source_path', 'version_number'}'",
    ],
    [
      'creation_timestamp > 5',
      "Invalid attribute key 'creation_timestamp' specified. Valid keys are " +
        "'{'name', 'run_id', 'source_path', 'version_number'}'",
    ],
    ["version = '1'", "Invalid clause(s) in filter string: version, =, '1'"],
    ["run_id > 'a'", 'Invalid comparator for attribute: >'],
    ["version_number LIKE '1'", 'Invalid comparator for attribute version_number: LIKE'],
    ['version_number <> 1', 'Invalid comparator for attribute version_number: <>'],
    ['version_number IS NULL', 'Invalid comparator for attribute version_number: IS NULL'],
    [
      "source_path IN ('a')",
      "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
    ],
    [
      'version_number IN (1, 2)',
      "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
    ],
    ["tags.t NOT IN ('a')", "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('a')"],
    ["run_id = ('a')", 'Invalid value for comparator =: only IN and NOT IN compare with a list.'],
  ])('%s is refused', (filter, message) => {
    expect(versionRefusal(filter)).toBe(message);
  });
});
