import { expect, it } from '@jest/globals';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../../src/domain/notices/notice-filter.js';
import { noticeTypes } from '../../../src/domain/notices/notice-type.js';
import { isSameFilter } from '../../../src/domain/notices/same-filter.js';

const [first, second] = noticeTypes as [(typeof noticeTypes)[number], (typeof noticeTypes)[number]];

const different: readonly NoticeFilter[] = [
  everyNotice,
  { ...everyNotice, types: [first] },
  { ...everyNotice, types: [first, second] },
  { ...everyNotice, model: 'fraud' },
  { ...everyNotice, from: 'Staging' },
  { ...everyNotice, to: 'Staging' },
  { ...everyNotice, tag: { key: 'team', value: null } },
  { ...everyNotice, tag: { key: 'team', value: 'risk' } },
  { ...everyNotice, tag: { key: 'tier', value: 'risk' } },
];

it.each(different)('a filter is the same as its copy and as no other: %j', (filter) => {
  const copy = JSON.parse(JSON.stringify(filter)) as NoticeFilter;
  expect(isSameFilter(filter, copy)).toBe(true);
  expect(different.filter((other) => isSameFilter(filter, other))).toEqual([filter]);
});

it('filters for the same types in another order are the same', () =>
  expect(
    isSameFilter(
      { ...everyNotice, types: [first, second] },
      { ...everyNotice, types: [second, first, second] },
    ),
  ).toBe(true));
