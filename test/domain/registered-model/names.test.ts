import { describe, expect, it } from '@jest/globals';
import {
  aliasName,
  isLatest,
  modelId,
  modelName,
  modelTagValue,
  newAliasName,
  newModelName,
  newTagKey,
  tagKey,
  versionNumber,
  versionTagValue,
} from '../../../src/domain/registered-model/names.js';
import { RegistryError } from '../../../src/domain/registry-error.js';

function refusal(message: string): RegistryError {
  return new RegistryError('INVALID_PARAMETER_VALUE', message);
}

function ambiguous(value: string, parameter: string, resolved: string): RegistryError {
  return refusal(
    `Invalid value ${value} for parameter '${parameter}' supplied: Names may be treated as files in certain cases, ` +
      `and must not resolve to other names when treated as such. This name would resolve to ${resolved}`,
  );
}

describe('the name of a model', () => {
  it.each([
    'iris',
    ' iris ',
    'Iris V2 (final)',
    'модель',
    '模型🌱',
    "it's",
    '100 %',
    'a#b',
    'a\\b',
    '.iris',
    'iris..',
    'a..b',
    '-',
    '~',
    '$HOME',
    'x'.repeat(1_000),
  ])('may be %j', (name) => expect(modelName(name)).toBe(name));

  it.each(['', ' ', '\t\n'])('may not be blank: %j', (name) =>
    expect(() => modelName(name)).toThrow(refusal("Missing value for required parameter 'name'.")),
  );

  it.each(['a/b', 'a:b', '/', ':', '../x', 'models:/iris'])(
    'may not contain a slash or a colon: %j',
    (name) =>
      expect(() => modelName(name)).toThrow(
        refusal(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`),
      ),
  );

  it.each([
    ['.', '"."', "'.'"],
    ['..', '".."', "'..'"],
    ['..x', '"..x"', "'..x'"],
    ['...', '"..."', "'...'"],
    ["..it's", '"..it\'s"', '"..it\'s"'],
    ['..ö', '"..\\u00f6"', "'..ö'"],
  ])('may not be read as a path: %j', (name, value, resolved) =>
    expect(() => modelName(name)).toThrow(ambiguous(value, 'name', resolved)),
  );

  it('is missing as new_name when it is blank in a rename', () =>
    expect(() => newModelName(' ')).toThrow(refusal("Missing value for required parameter 'new_name'.")));

  it.each(['a/b', '..'])('is otherwise checked as any name in a rename: %j', (name) => {
    expect(newModelName('lily')).toBe('lily');
    expect(() => newModelName(name)).toThrow(RegistryError);
  });
});

describe('the id of a model', () => {
  it('is a UUID', () => {
    const id = '2f1d8c1e-6a51-4f0f-9d6c-3b0f4b7f9c55';
    expect(modelId(id)).toBe(id);
  });

  it.each(['', 'iris', '2F1D8C1E-6A51-4F0F-9D6C-3B0F4B7F9C55', '2f1d8c1e-6a51-4f0f-9d6c-3b0f4b7f9c55\n'])(
    'is not %j',
    (text) =>
      expect(() => modelId(text)).toThrow(
        refusal(`Invalid model id '${text}'. Ids are UUIDs in lower case.`),
      ),
  );
});

describe('the key of a tag', () => {
  it.each([
    'team',
    'a/b/c',
    'mlflow.prompt.is_prompt',
    'a:b',
    'a b',
    'a-b_c.d',
    'schlüssel',
    '鍵',
    'Ⅷ½²',
    ' ',
    '.hidden',
    'a/.b',
    'x'.repeat(250),
    '𝒳'.repeat(250),
  ])('may be %j', (key) => expect(tagKey(key)).toBe(key));

  it.each([
    ['bad|key', '"bad|key"'],
    ['a\nb', '"a\\nb"'],
    ['e\u0301', '"e\\u0301"'],
    ['🌱', '"\\ud83c\\udf31"'],
    ["it's", '"it\'s"'],
    ['"', '"\\""'],
  ])('may not have other characters: %j', (key, value) =>
    expect(() => tagKey(key)).toThrow(
      refusal(
        `Invalid value ${value} for parameter 'key' supplied: Names may only contain alphanumerics, underscores (_), ` +
          'dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
      ),
    ),
  );

  it.each([
    ['', "'.'"],
    ['.', "'.'"],
    ['./a', "'a'"],
    ['a//b', "'a/b'"],
    ['a/', "'a'"],
    ['a/./b', "'a/b'"],
    ['a/../b', "'b'"],
    ['a/..', "'.'"],
    ['/a', "'/a'"],
    ['//a', "'//a'"],
    ['///a', "'/a'"],
    ['/..', "'/'"],
    ['../k', "'../k'"],
    ['a/../../b', "'../b'"],
    ['..a', "'..a'"],
  ])('may not be a path that means another: %j', (key, resolved) =>
    expect(() => tagKey(key)).toThrow(ambiguous(JSON.stringify(key), 'key', resolved)),
  );

  it.each(['x'.repeat(251), '𝒳'.repeat(251)])('has at most 250 characters when it is set', (key) => {
    expect(() => newTagKey(key)).toThrow(refusal("'key' exceeds the maximum length of 250 characters"));
    expect(tagKey(key)).toBe(key);
  });
});

describe('the value of a tag', () => {
  const longest = 'x'.repeat(100_000);
  const tooLong = refusal("'value' exceeds the maximum length of 100000 characters");

  it.each(['', 'any | text\n', longest, '🌱'.repeat(100_000)])(
    'may be any text of up to 100,000 characters',
    (value) => {
      expect(modelTagValue(value)).toBe(value);
      expect(versionTagValue('team', value)).toBe(value);
    },
  );

  it('may not be longer', () => {
    expect(() => modelTagValue(`${longest}x`)).toThrow(tooLong);
    expect(() => versionTagValue('team', `${longest}x`)).toThrow(tooLong);
  });

  it('has words of its own when it is the text of a prompt', () =>
    expect(() => versionTagValue('mlflow.prompt.text', `${longest}x`)).toThrow(
      refusal('Prompt text exceeds max length of 100000 characters.'),
    ));

  it('may be a prompt of 100,000 characters', () =>
    expect(versionTagValue('mlflow.prompt.text', longest)).toBe(longest));
});

describe('an alias', () => {
  it.each(['champion', '1', 'v1a', 'LATEST_ok', '-', 'чемпион', '冠军', 'x'.repeat(255), 'champion\n'])(
    'may be %j',
    (alias) => {
      expect(aliasName(alias)).toBe(alias);
      expect(newAliasName(alias)).toBe(alias);
    },
  );

  it.each(['a b', 'a.b', 'a/b', 'a:b', '@', '🌱', 'a\n\n', '\na', 'e\u0301'])(
    'may not have other characters: %j',
    (alias) =>
      expect(() => aliasName(alias)).toThrow(
        refusal(
          `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
        ),
      ),
  );

  it('has at most 255 characters', () =>
    expect(() => aliasName('x'.repeat(256))).toThrow(
      refusal("'Registered model alias name' exceeds the maximum length of 255 characters"),
    ));

  it.each(['latest', 'Latest', 'LATEST'])('that is set may not be %s', (alias) =>
    expect(() => newAliasName(alias)).toThrow(refusal("'latest' alias name (case insensitive) is reserved.")),
  );

  it.each(['v1', 'V1', 'v007', 'v١', 'v1\n'])('that is set may not look like a version: %j', (alias) =>
    expect(() => newAliasName(alias)).toThrow(refusal(`Version alias name '${alias}' is reserved.`)),
  );

  it.each(['latest', 'v1'])('may be looked up and deleted although it is reserved: %s', (alias) =>
    expect(aliasName(alias)).toBe(alias),
  );

  it('that is set has other characters refused first', () =>
    expect(() => newAliasName('v 1')).toThrow('Invalid alias name'));
});

it.each([
  ['latest', true],
  ['LaTeSt', true],
  ['latest_ok', false],
  ['', false],
])('the alias %j means the newest version: %s', (alias, expected) => expect(isLatest(alias)).toBe(expected));

describe('the number of a version', () => {
  it.each([
    ['1', 1],
    [' 1 ', 1],
    ['\t1\n', 1],
    ['01', 1],
    ['+1', 1],
    ['1_000', 1000],
    ['-1', -1],
    ['0', 0],
    ['9007199254740991', 9007199254740991],
  ])('is read from %j as Python reads it', (text, number) => expect(versionNumber(text)).toBe(number));

  it.each(['9007199254740992', '123456789012345678901234567890', '-99999999999999999999'])(
    'is one that no version has when it is beyond them: %j',
    (text) => expect(versionNumber(text)).toBe(-1),
  );

  it.each([
    '',
    ' ',
    '1.0',
    'abc',
    '1a',
    '1e3',
    '0x1',
    '_1',
    '1_',
    '1__0',
    '--1',
    '+',
    '+ 1',
    '1 0',
    '½',
    '²',
    '１',
    'Infinity',
    'NaN',
  ])('is refused when it is no integer: %j', (text) =>
    expect(() => versionNumber(text)).toThrow(
      refusal(`Parameter 'version' must be an integer, got '${text}'.`),
    ),
  );
});
