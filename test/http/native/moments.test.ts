import { describe, expect, it } from '@jest/globals';
import { duration, instant, moment, side } from '../../../src/http/native/requests/moment.js';

const noon = Date.UTC(2026, 2, 4, 12);

describe('a time', () => {
  it.each([
    '2026-03-04T12:00:00Z',
    '2026-03-04T12:00Z',
    '2026-03-04t12:00:00.000z',
    '2026-03-04T13:00:00+01:00',
    '2026-03-04T13:00:00 01:00',
    '2026-03-04T06:30:00-0530',
    '2026-03-04T12:00:00.000999Z',
  ])('is read from %s', (text) => expect(instant().read(text)).toBe(noon));

  it.each([
    '2026-03-04',
    '2026-03-04T12:00:00',
    '2026-02-30T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-03-04T24:00:00Z',
    '2026-03-04T12:60:00Z',
    '2026-03-04T12:00:00+25:00',
    '1772625600',
    'yesterday',
    '',
  ])('is not read from %p', (text) => expect(instant().read(text)).toBeUndefined());
});

describe('a moment', () => {
  it('is a time or a position', () => {
    expect(moment().read('position:12')).toEqual({ position: 12 });
    expect(moment().read('2026-03-04T12:00:00Z')).toEqual({ time: noon });
  });

  it.each(['12', 'position:', 'position:-1', 'position:1.5', 'position:9999999999999999', 'Position:1'])(
    'is not read from %p',
    (text) => expect(moment().read(text)).toBeUndefined(),
  );
});

describe('a length of time', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('is read from %s', (text, milliseconds) => expect(duration().read(text)).toBe(milliseconds));

  it.each(['0h', '24', 'h', '-1h', '1.5h', 'PT24H'])('is not read from %p', (text) =>
    expect(duration().read(text)).toBeUndefined(),
  );
});

describe('a side of a comparison', () => {
  const id = '0b8f1c34-9f5e-4c1c-8a33-000000000001';

  it.each([
    ['fraud/6', { model: { name: 'fraud' }, version: 6 }],
    ['a@b/6@position:3', { model: { name: 'a@b' }, version: 6, at: { position: 3 } }],
    ['50% off?/1@2026-03-04T12:00:00Z', { model: { name: '50% off?' }, version: 1, at: { time: noon } }],
    [`id:${id}/7`, { model: { id }, version: 7 }],
  ])('is read from %s', (text, expected) => expect(side().read(text)).toEqual(expected));

  it.each(['fraud', 'fraud/', '/6', 'fraud/0', 'fraud/6@', 'fraud/6@then', 'fraud/6/7', 'id:1/7'])(
    'is not read from %p',
    (text) => expect(side().read(text)).toBeUndefined(),
  );
});
