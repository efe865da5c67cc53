import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PythonJsonValue } from '../../src/domain/python-text.js';
import { pythonJson, pythonLength, pythonRepr, toPythonJson } from '../../src/domain/python-text.js';

describe('json.dumps in Python', () => {
  it('puts spaces behind commas and colons', () =>
    expect(
      toPythonJson(
        new Map<string, PythonJsonValue>([
          ['a', new Map([['b', null]])],
          ['c', 1],
        ]),
      ),
    ).toBe('{"a": {"b": null}, "c": 1}'));

  it('keeps the order of members, whatever they are called', () =>
    expect(
      toPythonJson(
        new Map([
          ['b', 1],
          ['10', 2],
          ['9', 3],
          ['__proto__', 4],
        ]),
      ),
    ).toBe('{"b": 1, "10": 2, "9": 3, "__proto__": 4}'));

  it('writes ASCII alone', () =>
    expect(toPythonJson(new Map([['ö\u007f', '🌱"\n']]))).toBe('{"\\u00f6\\u007f": "\\ud83c\\udf31\\"\\n"}'));
});

describe("json.dumps in Python, as MLflow's messages use it", () => {
  it.each([
    ['a', '"a"'],
    ['"\\', '"\\"\\\\"'],
    ['\n\r\t\b\f', '"\\n\\r\\t\\b\\f"'],
    ['\u0000\u001f', '"\\u0000\\u001f"'],
    ['\u007f', '"\\u007f"'],
    ['ö', '"\\u00f6"'],
    ['\u2028', '"\\u2028"'],
    ['🌱', '"\\ud83c\\udf31"'],
    ['\ud800', '"\\ud800"'],
    ['/', '"/"'],
    [1, '1'],
    [true, 'true'],
    [null, 'null'],
    [[1, 'a', [null]], '[1,"a",[null]]'],
    [{ b: 1, a: { d: 2, c: [{ f: 3, e: 4 }] } }, '{"a":{"c":[{"e":4,"f":3}],"d":2},"b":1}'],
    [{ ö: 1 }, '{"\\u00f6":1}'],
    [{}, '{}'],
  ])('writes %j compactly, with sorted keys, in ASCII', (value, expected) =>
    expect(pythonJson(value)).toBe(expected),
  );

  it('sorts keys that look like numbers as texts too', () =>
    expect(pythonJson({ '10': 1, '9': 2, a: 3 })).toBe('{"10":1,"9":2,"a":3}'));

  it('leaves out what is nested deeper than a hundred levels', () => {
    const hundred = '['.repeat(100) + ']'.repeat(100);
    const tenThousand = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(pythonJson(JSON.parse(hundred))).toBe(hundred);
    expect(pythonJson(JSON.parse(tenThousand))).toBe(`${'['.repeat(100)}"\\u2026"${']'.repeat(100)}`);
  });

  it('writes ASCII that means the same, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = pythonJson(value);
        // oxlint-disable-next-line no-control-regex -- all of ASCII that may be in JSON
        expect(text).toMatch(/^[\u0020-\u007e]*$/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('repr in Python', () => {
  it.each([
    ['', "''"],
    ['iris', "'iris'"],
    ["it's", '"it\'s"'],
    ['say "hi"', '\'say "hi"\''],
    ['it\'s "hi"', "'it\\'s \"hi\"'"],
    ['a\\b', "'a\\\\b'"],
    ['\n\r\t', "'\\n\\r\\t'"],
    ['\u0000\u001b\u007f', "'\\x00\\x1b\\x7f'"],
    ['ö模🌱', "'ö模🌱'"],
  ])('quotes %j', (text, expected) => expect(pythonRepr(text)).toBe(expected));

  it.each([
    ['\u0080', "'\\x80'"],
    ['\u00a0', "'\\xa0'"],
    ['\u00ad', "'\\xad'"],
    ['\u200b', "'\\u200b'"],
    ['\u3000', "'\\u3000'"],
    ['\ue000', "'\\ue000'"],
    ['\ud800', "'\\ud800'"],
    ['\u{e0001}', "'\\U000e0001'"],
  ])('escapes what cannot be printed: %j', (text, expected) => expect(pythonRepr(text)).toBe(expected));
});

describe('len in Python', () => {
  it.each([
    ['', 0],
    ['iris', 4],
    ['🌱', 1],
    ['e\u0301', 2],
    ['\ud800', 1],
  ])('counts the code points of %j', (text, length) => expect(pythonLength(text)).toBe(length));
});
