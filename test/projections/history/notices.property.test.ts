import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { registeredModelPrefix } from '../../../src/application/history/registered-model-codec.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { NoticeRange } from '../../../src/application/notices/notice-reader.js';
import type { Notice } from '../../../src/application/notices/notice.js';
import { everyNotice, wants } from '../../../src/domain/notices/notice-filter.js';
import type { NoticeFilter } from '../../../src/domain/notices/notice-filter.js';
import { noticeTypes } from '../../../src/domain/notices/notice-type.js';
import { stages } from '../../../src/domain/registered-model/stage.js';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { historyProjection } from '../../../src/projections/history/history.projection.js';
import { indexes } from '../../../src/projections/history/history.schema.js';
import { SqliteNoticeReader } from '../../../src/projections/history/notices.reader.js';
import { anyRegistryHistory } from './any-registry-history.js';
import { historyAfter } from './history-spec.js';
import type { History } from './history-spec.js';
import { NaiveHistory } from './naive-history.js';
import { naiveNotices } from './naive-notices.js';
import type { NaiveNotice } from './naive-notices.js';

/** Each as likely not to matter as to matter: all at once hardly leave anything that is wanted. */
const evenly = { freq: 2 };
const stage = fc.option(fc.constantFrom(...stages), evenly);

const filter: fc.Arbitrary<NoticeFilter> = fc.record({
  types: fc.option(fc.subarray([...noticeTypes]), evenly),
  model: fc.option(fc.constantFrom('iris', 'lily', 'i*', '*s*', 'none'), evenly),
  from: stage,
  to: stage,
  tag: fc.option(
    fc.record({
      key: fc.constantFrom('team', 'validated', '__proto__', ''),
      value: fc.option(fc.constantFrom('a', '')),
    }),
    evenly,
  ),
});

/** Many of the same history, because that is what takes long. */
const filters = fc.array(filter, { minLength: 30, maxLength: 30 });

describe('the notices of any registry', () => {
  it('are those that a fold of the log finds, from the beginning and from any place', () =>
    always(fc.constant(everyNotice), ({ notices }, expected, _filter, head) => {
      const told = all(notices, everyNotice, { after: 0, limit: 3 });
      expect(told.map(naively(notices))).toEqual(expected);
      for (const { position } of expected) {
        const later = all(notices, everyNotice, { after: position, limit: 1_000 });
        expect(later.map(({ id }) => id)).toEqual(
          expected.filter((one) => one.position > position).map(({ id }) => id),
        );
        const page = notices.page(everyNotice, { after: position - 1, upTo: position, limit: 10 });
        expect(page).toMatchObject({ reached: position, isLast: true });
        expect(page.notices.map(naively(notices))).toEqual(
          expected.filter((one) => one.position === position),
        );
      }
      expect(notices.page(everyNotice, { after: head, limit: 1 })).toEqual({
        notices: [],
        reached: head,
        isLast: true,
      });
    }));

  it('are found by their ids', () =>
    always(fc.constant(everyNotice), ({ notices }, expected) => {
      for (const one of expected) {
        const found = notices.notice(one.id);
        expect(found && naively(notices)(found)).toEqual(one);
        expect(notices.notice(`${one.id}.production`)?.id).toBe(
          expected.find(({ id }) => id === `${one.id}.production`)?.id,
        );
      }
      expect(notices.notice('nothing')).toBeUndefined();
    }));

  it('are told while the history grows as they are afterwards', () =>
    always(fc.constant(everyNotice), (_history, expected, _filter, _head, events) => {
      const db = new DatabaseSync(':memory:');
      historyProjection.create(db);
      for (const index of indexes) db.exec(index);
      const apply = historyProjection.open(db);
      let reached = 0;
      const notices = new SqliteNoticeReader(db, () => reached);
      const told: NaiveNotice[] = [];
      for (const event of events) {
        apply(event);
        const after = reached;
        reached = event.position;
        told.push(...all(notices, everyNotice, { after, limit: 1 }).map(naively(notices)));
      }
      expect(told).toEqual(expected);
      db.close();
    }));

  it('are told to those who want them, whichever index leads there', () =>
    always(filters, ({ notices }, expected, everyWanted) => {
      for (const wanted of everyWanted) {
        const told = all(notices, wanted, { after: 0, limit: 2 });
        expect(told.map(({ id }) => id)).toEqual(
          expected.filter((one) => isWanted(wanted, one)).map(({ id }) => id),
        );
      }
    }));

  it('are told of one model, version or stage only when that is asked for', () =>
    always(filters, ({ notices }, expected, everyWanted) => {
      const modelIds = [...new Set(expected.map((one) => one.modelId))];
      for (const [index, wanted] of everyWanted.entries()) {
        const modelId = modelIds[index % modelIds.length];
        const version = [undefined, 1, 2][index % 3];
        const inStage = [undefined, ...stages][index % 5];
        const scope = {
          ...(modelId === undefined ? {} : { modelId }),
          ...(version === undefined ? {} : { version }),
          ...(inStage === undefined ? {} : { stage: inStage }),
        };
        const told = all(notices, wanted, { after: 0, limit: 2, ...scope });
        const those = expected.filter(
          (one) =>
            one.modelId === modelId &&
            (version === undefined || one.version === version) &&
            (inStage === undefined || touches(one, inStage)) &&
            isWanted(wanted, one),
        );
        expect(told.map(({ id }) => id)).toEqual(those.map(({ id }) => id));
      }
    }));
});

function always<Arbitrary>(
  arbitrary: fc.Arbitrary<Arbitrary>,
  check: (
    history: History,
    expected: readonly NaiveNotice[],
    arbitrary: Arbitrary,
    head: number,
    events: readonly RecordedEvent[],
  ) => void,
): void {
  fc.assert(
    fc.property(anyRegistryHistory(), arbitrary, (events, some) => {
      const history = historyAfter(events);
      // What happens to subscribers is told to nobody.
      const told = events.filter(({ stream }) => stream.startsWith(registeredModelPrefix));
      check(history, naiveNotices(new NaiveHistory(told)), some, events.at(-1)?.position ?? 0, told);
      history.db.close();
    }),
    { numRuns: 25 },
  );
}

/** Those of all pages; each page goes on behind the one before. */
function all(notices: History['notices'], wanted: NoticeFilter, range: NoticeRange): readonly Notice[] {
  const told: Notice[] = [];
  for (let after = range.after; ;) {
    const page = notices.page(wanted, { ...range, after });
    expect(page.notices.every(({ position }) => position > after && position <= page.reached)).toBe(true);
    told.push(...page.notices);
    if (page.isLast) return told;
    expect(page.reached).toBeGreaterThan(after);
    after = page.reached;
  }
}

function naively(notices: History['notices']): (notice: Notice) => NaiveNotice {
  return (notice) => ({
    id: notice.id,
    type: notice.type,
    position: notice.position,
    modelId: notice.modelId,
    modelName: notice.modelName,
    version: notice.version,
    occupants: notice.occupants,
    production: notice.production,
    moves: new Set(notice.moves.map(({ from, to }) => `${from}>${to}`)),
    tags: notices.tagsOf(notice),
  });
}

function isWanted(wanted: NoticeFilter, { type, modelName, moves, tags }: NaiveNotice): boolean {
  return wants(wanted, { type, modelName, moves: pairsOf(moves) }, () => tags);
}

function touches({ moves }: NaiveNotice, inStage: Stage): boolean {
  return pairsOf(moves).some(({ from, to }) => from === inStage || to === inStage);
}

function pairsOf(moves: NaiveNotice['moves']): Notice['moves'] {
  return [...moves].map((move) => {
    const [from, to] = move.split('>').map((word) => stages.find((candidate) => candidate === word) ?? null);
    return { from: from ?? null, to: to ?? null };
  });
}
