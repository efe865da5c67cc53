import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { everyNotice, wants } from '../../../src/domain/notices/notice-filter.js';
import type { Filtered, NoticeFilter } from '../../../src/domain/notices/notice-filter.js';
import { productionChanged, typePrefix } from '../../../src/domain/notices/notice-type.js';

const transitioned = `${typePrefix}version.stage_transitioned.v1` as const;

const moved: Filtered = {
  type: transitioned,
  modelName: 'fraud',
  moves: [{ from: 'Staging', to: 'Production' }],
};

const none = () => [];

function wanted(filter: Partial<NoticeFilter>, notice: Filtered = moved, tags: readonly string[] = []) {
  return wants({ ...everyNotice, ...filter }, notice, () =>
    tags.map((tag) => ({ key: tag.split('=')[0] ?? '', value: tag.split('=')[1] ?? '' })),
  );
}

describe('a filter of notices', () => {
  it('without conditions wants every notice', () => expect(wanted({})).toBe(true));

  it('wants one of its types', () => {
    expect(wanted({ types: [productionChanged, transitioned] })).toBe(true);
    expect(wanted({ types: [productionChanged] })).toBe(false);
    expect(wanted({ types: [] })).toBe(false);
  });

  it('wants moves out of one stage and into another, both by the same version', () => {
    expect(wanted({ from: 'Staging' })).toBe(true);
    expect(wanted({ to: 'Production' })).toBe(true);
    expect(wanted({ from: 'Staging', to: 'Production' })).toBe(true);
    expect(wanted({ from: 'None', to: 'Production' })).toBe(false);
    const exchanged: Filtered = {
      ...moved,
      moves: [
        { from: 'Production', to: 'Archived' },
        { from: 'Staging', to: 'Production' },
      ],
    };
    expect(wanted({ from: 'Production', to: 'Archived' }, exchanged)).toBe(true);
    expect(wanted({ from: 'Production', to: 'Production' }, exchanged)).toBe(false);
  });

  it('wants nothing that moves no version when a stage is asked for', () => {
    expect(wanted({ to: 'Production' }, { ...moved, moves: [] })).toBe(false);
    expect(wanted({ from: 'Production' }, { ...moved, moves: [{ from: null, to: 'Production' }] })).toBe(
      false,
    );
  });

  it('wants a tag with its value, or with any', () => {
    expect(wanted({ tag: { key: 'team', value: 'risk' } }, moved, ['team=risk'])).toBe(true);
    expect(wanted({ tag: { key: 'team', value: 'risk' } }, moved, ['team=ads', 'team=risk'])).toBe(true);
    expect(wanted({ tag: { key: 'team', value: '' } }, moved, ['team=risk'])).toBe(false);
    expect(wanted({ tag: { key: 'team', value: null } }, moved, ['team=risk'])).toBe(true);
    expect(wanted({ tag: { key: 'tier', value: null } }, moved, ['team=risk'])).toBe(false);
  });

  it('asks for tags only when the rest holds', () => {
    const tag = { key: 'team', value: null };
    const ask = () => {
      throw new Error('asked');
    };
    expect(wants({ ...everyNotice, to: 'Archived', tag }, moved, ask)).toBe(false);
    expect(wants(everyNotice, moved, ask)).toBe(true);
  });

  it.each([
    ['fraud', true],
    ['Fraud', false],
    ['frau', false],
    ['*', true],
    ['**', true],
    ['fr*', true],
    ['*ud', true],
    ['f*d', true],
    ['f*a*d', true],
    ['fra*aud', false],
    ['fraud*', true],
    ['*fraud*', true],
    ['*x*', false],
    ['fra?d', false],
    ['', false],
  ])('takes %j for the model fraud: %s', (model, holds) => expect(wanted({ model })).toBe(holds));

  it('takes the same names for a pattern as a regular expression does', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '\n', '.', '😀'), { maxLength: 8 });
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', '.', '\n', '😀'), { maxLength: 8 });
    fc.assert(
      fc.property(letters, pattern, (name, parts) => {
        const expression = new RegExp(`^${parts.map(asExpression).join('')}$`, 'su');
        const notice = { ...moved, modelName: name.join('') };
        expect(wants({ ...everyNotice, model: parts.join('') }, notice, none)).toBe(
          expression.test(name.join('')),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

function asExpression(part: string): string {
  return part === '*' ? '.*' : part === '.' ? '\\.' : part;
}
