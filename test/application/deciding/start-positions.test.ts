import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartPositions } from '../../../src/application/deciding/start-positions.js';
import type { StartFrom } from '../../../src/application/deciding/start-positions.js';
import type { HistoryProgress } from '../../../src/application/queries/history/history-progress.js';
import type { Moments } from '../../../src/application/queries/history/moments.js';
import { SetClock } from '../../support/in-memory-ports.js';
import { appendLong } from '../../support/log-events.js';
import { WatchedLog } from '../../support/watched-log.js';

const clock = new SetClock();
let log: WatchedLog;
let isBehind = false;

beforeEach(async () => {
  isBehind = false;
  log = new WatchedLog();
  await appendLong(log, 'some-stream', 5);
});
afterEach(() => log.close());

/** An event a second, until now. */
const moments = {
  positionAt: (time: number) => {
    const position = 5 - Math.ceil((clock.time - time) / 1_000);
    return position < 1 ? undefined : position;
  },
} as Moments;

function startAt(from: StartFrom): Promise<number> {
  const progress = { hasCaughtUp: true, reached: async () => !isBehind } as unknown as HistoryProgress;
  return new StartPositions(log, progress, moments, clock).resolve(from, 'startFrom');
}

describe('where a subscriber begins', () => {
  it.each<[string, StartFrom, number]>([
    ['now is behind everything that there is', 'now', 5],
    ['the beginning is before all', 'beginning', 0],
    ['a position is behind that position', { position: 3 }, 3],
    ['the head is a position', { position: 5 }, 5],
    ['a time is behind what was recorded by then', { time: clock.time - 2_000 }, 3],
    ['a time before the log is its beginning', { time: 0 }, 0],
  ])('%s', async (_, from, position) => expect(await startAt(from)).toBe(position));

  it('is not past the head', () =>
    expect(startAt({ position: 6 })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      parameter: 'startFrom',
      message: 'startFrom is a position past the head of the log, which is at 5.',
    }));

  it('is not in the future', () =>
    expect(startAt({ time: clock.time + 1 })).rejects.toThrow(
      'startFrom is in the future: it is 2026-01-01T00:00:00.000Z here.',
    ));

  it('is not known for a time while the history is behind', async () => {
    isBehind = true;
    await expect(startAt({ time: clock.time })).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    expect(await startAt('now')).toBe(5);
  });
});
