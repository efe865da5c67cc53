import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Courtesy } from '../../../src/application/deciding/courtesy.js';
import { Envelopes } from '../../../src/application/notices/envelopes.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { EventStreams } from '../../../src/http/native/events/event-streams.js';
import { LiveNotices } from '../../../src/http/native/events/live-notices.js';
import { Metrics } from '../../../src/http/operations/metrics.js';
import { Stopping } from '../../../src/http/stopping.js';
import { ToldNotices, movedAndChanged } from '../../support/notices/told-notices.js';

const everything = { filter: everyNotice, scope: {} };
const ofStaging = { filter: { ...everyNotice, to: 'Staging' as const }, scope: {} };

let notices: ToldNotices;
let streams: EventStreams;
let metrics: Metrics;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
  Logger.overrideLogger(false);
  notices = new ToldNotices();
  metrics = new Metrics();
  const live = new LiveNotices(
    notices,
    notices.progress,
    new Envelopes('/test'),
    new Stopping(),
    new Courtesy(() => 0),
  );
  const past = { namesHeld: () => [] } as never;
  streams = new EventStreams(live, notices, notices.progress, past, metrics);
});

afterEach(() => {
  streams.onModuleDestroy();
  jest.useRealTimers();
});

/** What the server writes to, and the client reads from. */
class Line extends PassThrough {
  readonly socket = null;

  get response(): ServerResponse {
    return this as unknown as ServerResponse;
  }

  /** What has come since this was asked last. */
  async news(): Promise<string> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    return String(this.read() ?? '');
  }
}

function open(query: typeof everything, after = 0): Line {
  const line = new Line({ writableHighWaterMark: 100, readableHighWaterMark: 100 });
  streams.open(line.response, streams.wanted(query), after);
  return line;
}

const beat = () => jest.advanceTimersByTime(15_000);

describe('a stream that is open', () => {
  it('has a sign of life every 15 seconds, with an id for those who have a filter', async () => {
    notices.tell(...movedAndChanged(5));
    const all = open(everything, 5);
    const few = open(ofStaging);
    expect([await all.news(), await few.news()]).toEqual(['', '']);
    beat();
    expect([await all.news(), await few.news()]).toEqual([': 5\n\n', ': 5\nid: 5\n\n']);
    notices.tell(...movedAndChanged(6));
    expect((await all.news()).match(/^(event|id): \S+/gm)).toEqual([
      'event: io.annals.registry.version.stage_transitioned.v1',
      'event: io.annals.registry.production.changed.v1',
      'id: 6',
    ]);
    expect(await few.news()).toBe('');
    beat();
    expect(await few.news()).toBe(': 6\nid: 6\n\n');
  });

  it('is cut off when nothing has been taken between two signs of life', async () => {
    notices.tell(...movedAndChanged(1));
    const line = open(everything);
    await new Promise(setImmediate);
    beat();
    expect(line.writableEnded).toBe(false);
    beat();
    await new Promise(setImmediate);
    expect(line.writableEnded).toBe(true);
    jest.advanceTimersByTime(5_000);
    expect(line.destroyed).toBe(true);
    expect(await metrics.registry.metrics()).toContain('annals_sse_cut_off_total 1');
  });

  it('ends when the server does, and so does one that comes then', async () => {
    const line = open(everything);
    streams.onModuleDestroy();
    expect(await line.news()).toBe(': the server stops: connect again\n\n');
    expect(await open(everything).news()).toBe(': the server stops: connect again\n\n');
  });

  it('ends when the history cannot be read, and others are told again when it can', async () => {
    const [live, behind] = [open(everything), new Line()];
    await live.news();
    const page = jest.spyOn(notices, 'page').mockImplementation(() => {
      throw new Error('the disk is gone');
    });
    streams.open(behind.response, streams.wanted(everything), 0);
    notices.tell(...movedAndChanged(1));
    expect(await live.news()).toBe(': the history cannot be read: connect again\n\n');
    expect(await behind.news()).toBe(': the history cannot be read: connect again\n\n');
    page.mockRestore();
    const again = open(everything);
    expect(await again.news()).toContain('id: 1\n');
    notices.tell(...movedAndChanged(2));
    expect(await again.news()).toContain('id: 2\n');
  });

  it('is counted while it is', async () => {
    const count = async () => /^annals_sse_clients (\d+)$/m.exec(await metrics.registry.metrics())?.[1];
    const line = open(everything);
    open(everything);
    expect(await count()).toBe('2');
    line.destroy();
    await new Promise((resolve) => line.once('close', resolve));
    expect(await count()).toBe('1');
  });
});
