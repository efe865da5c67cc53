import { describe, expect, it } from '@jest/globals';
import { NoticeFeed } from '../../../src/application/notices/notice-feed.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { productionChanged } from '../../../src/domain/notices/notice-type.js';
import { ToldNotices, moved, movedAndChanged } from '../../support/notices/told-notices.js';

const everything = { filter: everyNotice, scope: {} };
const production = { filter: { ...everyNotice, types: [productionChanged] }, scope: {} };
const noTime = { milliseconds: 0, signal: new AbortController().signal };
const enoughTime = { milliseconds: 60_000, signal: new AbortController().signal };

function feedOf(...positions: readonly number[]) {
  const notices = new ToldNotices();
  for (const position of positions) notices.tell(...movedAndChanged(position));
  return { notices, feed: new NoticeFeed(notices, notices.progress) };
}

describe('the feed', () => {
  it('has as many as are wanted, and does not part those of one position', async () => {
    const { feed } = feedOf(1, 2, 3);
    const ids = async (limit: number, after = 0) => {
      const page = await feed.next(everything, { after, limit }, noTime);
      return [page.notices.map(({ id }) => id), page.reached, page.isLast];
    };
    expect(await ids(1)).toEqual([['event-1', 'event-1.production'], 1, false]);
    expect(await ids(2)).toEqual([['event-1', 'event-1.production'], 1, false]);
    expect(await ids(3)).toEqual([['event-1', 'event-1.production'], 1, false]);
    expect((await ids(4))[1]).toBe(2);
    expect((await ids(5))[1]).toBe(2);
    expect(await ids(6, 2)).toEqual([['event-3', 'event-3.production'], 3, true]);
    expect((await ids(100))[0]).toHaveLength(6);
  });

  it('goes on from page to page without missing or repeating any', async () => {
    const { feed } = feedOf(...Array.from({ length: 40 }, (_, index) => index + 1));
    for (const limit of [1, 2, 3, 7, 39]) {
      const told: string[] = [];
      for (let after = 0, isLast = false; !isLast;) {
        const page = await feed.next(everything, { after, limit }, noTime);
        expect(page.notices.length).toBeLessThanOrEqual(Math.max(limit, 2));
        told.push(...page.notices.map(({ id }) => id));
        ({ reached: after, isLast } = page);
      }
      expect([told.length, new Set(told).size]).toEqual([80, 80]);
    }
  });

  it('says at once that there is nothing when nobody waits', async () => {
    const { feed } = feedOf(5);
    expect(await feed.next(everything, { after: 5, limit: 10 }, noTime)).toEqual({
      notices: [],
      reached: 5,
      isLast: true,
    });
  });

  it('waits for one that matches, past those that do not', async () => {
    const { feed, notices } = feedOf(1);
    const waiting = feed.next(production, { after: 1, limit: 10 }, enoughTime);
    notices.tell(moved(2));
    await new Promise(setImmediate);
    notices.tell(...movedAndChanged(3));
    expect((await waiting).notices.map(({ id }) => id)).toEqual(['event-3.production']);
  });

  it('says how far it has looked when the wait is over', async () => {
    const { feed, notices } = feedOf(1);
    const waiting = feed.next(production, { after: 1, limit: 10 }, { ...enoughTime, milliseconds: 50 });
    notices.tell(moved(2));
    expect(await waiting).toEqual({ notices: [], reached: 2, isLast: true });
  });

  it('waits no longer when nobody does', async () => {
    const { feed } = feedOf(1);
    const gone = new AbortController();
    const waiting = feed.next(everything, { after: 1, limit: 10 }, { ...enoughTime, signal: gone.signal });
    gone.abort();
    expect(await waiting).toMatchObject({ notices: [], reached: 1 });
  });
});
