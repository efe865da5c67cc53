import { describe, expect, it } from '@jest/globals';
import { parseStringList } from '../../../../src/http/mlflow/search/string-list.js';
import { refusal } from '../refusal.js';

const illFormed =
  'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.';

describe('A list in a filter', () => {
  it.each([
    ["('a')", ['a']],
    ["('a',)", ['a']],
    ['( \'a\' ,\n"b" )', ['a', 'b']],
    ["('a', 'b', 'a')", ['a', 'b']],
    ["(('a', 'b'))", ['a', 'b']],
    ["('a', ('b'))", ['a', 'b']],
    ["('')", ['']],
    ["('é😀')", ['é😀']],
    ["('a' 'b')", ['ab']],
    ["('it''s')", ['its']],
    ['("it\'s")', ["it's"]],
    ["('it\\'s')", ["it's"]],
    ["('''a''')", ['a']],
    ["('a\\\\b')", ['a\\b']],
    ["('a\\tb\\n')", ['a\tb\n']],
    ["('\\x41\\u00e9\\U0001F600\\101\\7z')", ['Aé😀A\u0007z']],
    ["('a\\\nb')", ['ab']],
    ["('a\\.b\\')", undefined],
    ["('a\\.b')", ['a\\.b']],
  ])('is read as Python reads it: %s', (source, values) => {
    if (values) expect(parseStringList(source)).toEqual(values);
    else expect(refusal(() => parseStringList(source))).toBe(illFormed);
  });

  it.each(['()', '(())', '( )'])('must not be empty: %s', (source) => {
    expect(refusal(() => parseStringList(source))).toBe(
      'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    );
  });

  it.each([
    ['(1, 2)', '(1, 2)'],
    ['(1)', '(1,)'],
    ["('a', 1.50)", "('a', 1.5)"],
    ['(-1, None, True)', '(-1, None, True)'],
    ["('a', ('b', 'c'))", "('a', ('b', 'c'))"],
    ["('a', ())", "('a', ())"],
    ['(1e3)', '(1000.0,)'],
  ])('must hold nothing but texts: %s', (source, shown) => {
    expect(refusal(() => parseStringList(source))).toBe(
      'While parsing a list in the query, expected string value, punctuation, or whitespace, ' +
        `but got different type in list: ${shown}`,
    );
  });

  it.each([
    '(a)',
    "('a', b)",
    "('a',,'b')",
    '(,)',
    "('a' 1)",
    '(`a`)',
    "('a)",
    "('a\nb')",
    "('\\')",
    "('\\x4')",
    "('\\u12')",
    "('\\UFFFFFFFF')",
    "('\\N{DASH}')",
    "['a']",
    "(['a'])",
    "('a') 'b' (",
    '('.repeat(100_000),
  ])('is refused when it is ill-formed: %#', (source) => {
    expect(refusal(() => parseStringList(source))).toBe(illFormed);
  });

  it.each(["('a\\0')", "('\\ud800')"])('cannot smuggle in what is no text: %s', (source) => {
    expect(refusal(() => parseStringList(source))).toBe(
      "Invalid value for parameter 'filter': it contains a NUL character or an unpaired surrogate.",
    );
  });
});
