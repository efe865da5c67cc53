import { expect, it } from '@jest/globals';
import { CommittedTail } from '../../src/infrastructure/embedded-log/committed-tail.js';
import type { LogRow } from '../../src/infrastructure/embedded-log/log-row.js';

function rows(first: number, length: number, data = '{}'): LogRow[] {
  return Array.from({ length }, (_, index) => [first + index, 'iris', index, 'id', 'Counted', data, '{}', 0]);
}

it('has nothing of what was there before it', () => {
  const tail = new CommittedTail(10);
  expect(tail.after(9, 5)).toBeUndefined();
  expect(tail.after(10, 5)).toEqual([]);
});

it('gives the newest events after a position, as many as asked for', () => {
  const tail = new CommittedTail(10);
  tail.add(rows(11, 20));
  expect(tail.after(10, 2)?.map(({ position }) => position)).toEqual([11, 12]);
  expect(tail.after(28, 5)?.map(({ position }) => position)).toEqual([29, 30]);
  expect(tail.after(30, 5)).toEqual([]);
});

it('goes over from older events to younger ones without a gap', () => {
  const tail = new CommittedTail(0);
  tail.add(rows(1, 6_000));
  const positions: number[] = [];
  for (;;) {
    const events = tail.after(positions.length, 512);
    if (!events?.length) {
      break;
    }
    positions.push(...events.map(({ position }) => position));
  }
  expect(positions).toEqual(Array.from({ length: 6_000 }, (_, index) => index + 1));
});

it('forgets old events, so that it stays bounded', () => {
  const tail = new CommittedTail(0);
  tail.add(rows(1, 100_000));
  expect(tail.after(90_000, 1)).toBeUndefined();
  expect(tail.after(96_000, 1)).toHaveLength(1);
});

it('forgets big events sooner', () => {
  const tail = new CommittedTail(0);
  tail.add(rows(1, 100, JSON.stringify({ text: 'x'.repeat(1024 * 1024) })));
  expect(tail.after(80, 1)).toBeUndefined();
  expect(tail.after(99, 1)).toHaveLength(1);
});

it('parses an event once for all who ask', () => {
  const tail = new CommittedTail(0);
  tail.add(rows(1, 1));
  expect(tail.after(0, 1)?.[0]).toBe(tail.after(0, 1)?.[0]);
});
