import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../src/application/queries/history/audit-entry.js';
import { csvHeader, csvLines } from '../../../src/http/native/formats/csv.js';

const entry: AuditEntry = {
  position: 1,
  eventId: 'event',
  type: 'TagSet',
  category: 'registry',
  outcome: 'done',
  text: 'ana set a tag',
  model: { id: 'id', name: 'm' },
  version: null,
  subscriber: null,
  revision: 0,
  actor: { type: 'user', id: 'ana', authentication: 'basic-unverified' },
  client: { address: '::1', userAgent: null },
  happenedAt: 0,
  recordedAt: 0,
  before: null,
  after: null,
  comment: null,
  from: null,
  to: null,
  inFavourOf: null,
  archived: [],
  refusal: null,
  correlationId: 'c',
  causationId: 'c',
  requestId: 'r',
};

/** The field of the comment, as a reader of RFC 4180 finds it. */
function written(comment: string): string {
  const line = csvLines([{ ...entry, comment }]);
  const before = csvLines([{ ...entry, comment: null }]).split(',ana,')[0] ?? '';
  return line.slice(before.length, line.indexOf(',ana,user'));
}

describe('CSV', () => {
  it('has a cell for every column and ends its lines with CR LF', () => {
    const cells = (line: string) => line.split(',').length;
    expect(cells(csvLines([entry]))).toBe(cells(csvHeader));
    expect(csvLines([entry, entry]).match(/\r\n/g)).toHaveLength(2);
  });

  it.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ])('writes %p so that no spreadsheet takes it for a formula', (text, expected) =>
    expect(written(text)).toBe(expected),
  );
});
