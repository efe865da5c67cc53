import { LRUCache } from 'lru-cache';

const dayMilliseconds = 86_400_000;

const numbers = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => String(number).padStart(digits, '0'));
const two = numbers(60, 2);
const three = numbers(1_000, 3);

/** The days of the last times, because a day is what takes long to write. */
const dates = new LRUCache<number, string>({ max: 100 });

/**
 * A time as everything outside writes it: ISO 8601, UTC, milliseconds. It says what `Date.toISOString` does.
 *
 * @param time milliseconds since the epoch
 * @throws RangeError for a time that `Date` does not know
 */
export function isoTime(time: number): string {
  const whole = Math.trunc(time);
  const day = Math.floor(whole / dayMilliseconds);
  const began = day * dayMilliseconds;
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(began).toISOString().slice(0, -'00:00:00.000Z'.length);
    dates.set(day, date);
  }
  const milliseconds = whole - began;
  const seconds = Math.floor(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  const [hour, minute, second] = [two[Math.floor(minutes / 60)], two[minutes % 60], two[seconds % 60]];
  return `${date}${hour}:${minute}:${second}.${three[milliseconds % 1_000]}Z`;
}
