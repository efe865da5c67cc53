import { describe, expect, it } from '@jest/globals';
import { refusal } from '../refusal.js';
import { searchModels, searchVersions } from './searching.js';

const modelOrder = (...order_by: string[]) => searchModels({ order_by }).order;
const versionOrder = (...order_by: string[]) => searchVersions({ order_by }).order;
const modelRefusal = (...order_by: string[]) => refusal(() => searchModels({ order_by }));
const versionRefusal = (...order_by: string[]) => refusal(() => searchVersions({ order_by }));

describe('The order of registered models', () => {
  it('is left to the tie-break when nothing is asked for', () => {
    expect(modelOrder()).toEqual([]);
  });

  it.each([
    ['name', 'name', 'ASC'],
    ['name ASC', 'name', 'ASC'],
    ['name desc', 'name', 'DESC'],
    ['name  Desc', 'name', 'DESC'],
    ['name\tdesc', 'name', 'DESC'],
    ['`name`', 'name', 'ASC'],
    ['`name` DESC', 'name', 'DESC'],
    ['"name" asc', 'name', 'ASC'],
    ['timestamp', 'updatedAt', 'ASC'],
    ['timestamp DESC', 'updatedAt', 'DESC'],
    ['`timestamp` desc', 'updatedAt', 'DESC'],
    ['last_updated_timestamp DESC', 'updatedAt', 'DESC'],
  ])('understands %j', (clause, key, direction) => {
    expect(modelOrder(clause)).toEqual([{ key, direction }]);
  });

  it('keeps the order of the clauses', () => {
    expect(modelOrder('timestamp DESC', 'name')).toEqual([
      { key: 'updatedAt', direction: 'DESC' },
      { key: 'name', direction: 'ASC' },
    ]);
  });

  it.each(['foo', 'NAME', 'creation_timestamp', 'version_number', 'tags.x', 'attribute.name', 'name.desc'])(
    'has no key %s',
    (key) => {
      expect(modelRefusal(key)).toBe(
        `Invalid order by key '${key}' specified. Valid keys are '{'name', 'timestamp'}'`,
      );
    },
  );
});

describe('The order of model versions', () => {
  it('is by newest change when nothing is asked for', () => {
    expect(versionOrder()).toEqual([{ key: 'updatedAt', direction: 'DESC' }]);
  });

  it.each([
    ['name', 'name', 'ASC'],
    ['version_number DESC', 'version', 'DESC'],
    ['creation_timestamp', 'createdAt', 'ASC'],
    ['last_updated_timestamp asc', 'updatedAt', 'ASC'],
    ['attribute.name desc', 'name', 'DESC'],
    ['attribute.`version_number` desc', 'version', 'DESC'],
    ['`creation_timestamp`', 'createdAt', 'ASC'],
  ])('understands %j', (clause, key, direction) => {
    expect(versionOrder(clause)).toEqual([{ key, direction }]);
  });

  const keys = "{'creation_timestamp', 'last_updated_timestamp', 'name', 'version_number'}";

  it.each([
    ['foo', `Invalid attribute key 'foo' specified. Valid keys are '${keys}'`],
    ['timestamp', `Invalid attribute key 'timestamp' specified. Valid keys are '${keys}'`],
    ['attribute.foo DESC', `Invalid attribute key 'foo' specified. Valid keys are '${keys}'`],
    ['tags.t', `Invalid order by key 't' specified. Valid keys are ${keys}`],
    ['tag.`t` DESC', `Invalid order by key 't' specified. Valid keys are ${keys}`],
    ['foo.x', "Invalid entity type 'foo'. Valid entity types are ('attribute', 'tag', 'tags')"],
  ])('has no key %s', (clause, message) => {
    expect(versionRefusal(clause)).toBe(message);
  });
});

describe('Any order', () => {
  it.each([
    '',
    '  ',
    ' name',
    'name ',
    'name, timestamp',
    'name asc, timestamp desc',
    'name foo bar',
    'name asc desc',
    'name ASC NULLS LAST',
    'name;',
    "name = 'a'",
    "'name'",
    '5',
    'desc',
    'version',
    'version DESC',
    'source',
    'TIMESTAMP',
    'Timestamp desc',
    'attribute . name',
    'lower(name)',
    'name -- x',
    'name\\',
  ])('consists of a key and a direction, unlike %j', (clause) => {
    const message = `Invalid order_by clause '${clause}'. Could not be parsed.`;
    expect(modelRefusal(clause)).toBe(message);
    expect(versionRefusal(clause)).toBe(message);
  });

  it.each(['name foo', 'name ascending', 'name `foo`'])('has no direction as in %j', (clause) => {
    const message = `Invalid ordering key in order_by clause '${clause}'.`;
    expect(modelRefusal(clause)).toBe(message);
    expect(versionRefusal(clause)).toBe(message);
  });

  it('has no key twice', () => {
    expect(modelRefusal('name', 'name DESC')).toBe(
      "`order_by` contains duplicate fields: ['name', 'name DESC']",
    );
    expect(versionRefusal('name', 'version_number', 'attribute.name')).toBe(
      "`order_by` contains duplicate fields: ['name', 'version_number', 'attribute.name']",
    );
  });

  it('has no key under two names', () => {
    expect(modelRefusal('timestamp', 'last_updated_timestamp')).toBe(
      "`order_by` contains duplicate fields: ['timestamp', 'last_updated_timestamp']",
    );
  });

  it('is of text', () => {
    expect(modelRefusal('name\0')).toBe(
      "Invalid value for parameter 'order_by': it contains a NUL character or an unpaired surrogate.",
    );
  });

  it('is not endless', () => {
    expect(modelRefusal('a '.repeat(100_000))).toMatch(/^Error on parsing order_by clause 'a a /);
  });
});
