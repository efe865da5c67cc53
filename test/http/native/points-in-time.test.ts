import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { LogStatus } from '../../../src/http/operations/log-status.js';
import { PointsInTime } from '../../../src/http/native/moments/points-in-time.js';
import type { Problem } from '../../../src/http/native/problems/problem.js';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import { ReadModels } from '../../../src/application/ports/read-models.js';
import { HistoryProgress } from '../../../src/application/queries/history/history-progress.js';
import { historyAfter } from '../../projections/history/history-spec.js';
import { SetClock } from '../../support/in-memory-ports.js';
import { ExampleIncident } from '../../support/native/example-incident.js';

class Progress extends HistoryProgress {
  readonly waitedFor: number[] = [];
  override position = 21;
  override hasCaughtUp = true;
  override failure = undefined;

  override async reached(position: number): Promise<boolean> {
    this.waitedFor.push(position);
    return position <= this.position;
  }

  override async movedPast(): Promise<void> {}
}

class Registry extends ReadModels {
  position = 21;

  override status() {
    const { position } = this;
    const rest = { required: true, hasCaughtUp: true, failure: undefined, drops: 0 };
    return [{ name: 'registry', position, ...rest }];
  }
}

function world() {
  const [progress, registry, clock] = [new Progress(), new Registry(), new SetClock()];
  const events = new ExampleIncident().events;
  clock.time = Date.UTC(2026, 3, 1);
  const head = { position: 30 };
  const log = new LogStatus({ head: async () => head.position } as unknown as EventStore);
  const points = new PointsInTime(historyAfter(events).moments, progress, registry, log, clock);
  return { points, progress, registry };
}

async function refusal(asked: Promise<unknown>): Promise<Problem> {
  return asked.then(
    () => Promise.reject(new Error('It was answered')),
    (problem: Problem) => problem,
  );
}

describe('as of when', () => {
  it('is now when nothing is said', async () => {
    expect(await world().points.resolve(undefined)).toMatchObject({ position: 20 });
  });

  it('waits for what the registry has shown, and for nothing more', async () => {
    const { points, progress, registry } = world();
    await points.resolve(undefined);
    expect(progress.waitedFor).toEqual([]);
    registry.position = 22;
    expect(await refusal(points.resolve(undefined))).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    expect(progress.waitedFor).toEqual([22]);
  });

  it('waits for a position that is in the log, and refuses one that is not', async () => {
    const { points, progress } = world();
    expect(await refusal(points.resolve({ position: 25 }))).toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
    });
    expect(progress.waitedFor).toEqual([25]);
    expect(await refusal(points.resolve({ position: 31 }))).toMatchObject({ code: 'INVALID_MOMENT' });
    expect(progress.waitedFor).toEqual([25]);
  });

  it('is not answered before the history has been built', async () => {
    const { points, progress } = world();
    progress.hasCaughtUp = false;
    expect(await refusal(points.resolve(undefined))).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
  });

  it('is the position that a time means', async () => {
    const { points } = world();
    const at = (time: string) => points.resolve({ time: Date.parse(time) });
    expect(await at('2026-03-18T14:05:11.120Z')).toMatchObject({ position: 13 });
    expect(await at('2026-03-18T14:05:11.119Z')).toMatchObject({ position: 11 });
    expect(await at('2026-03-31T00:00:00Z')).toMatchObject({ position: 20 });
    expect((await refusal(at('2026-04-01T00:00:00.001Z'))).message).toContain('in the future');
    expect((await refusal(at('2026-03-02T08:59:59Z'))).members['valid']).toMatchObject({
      from: { position: 1 },
    });
  });
});
