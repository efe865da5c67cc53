import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import type { Stage } from '../../../src/domain/registered-model/stage.js';
import { everyNotice } from '../../../src/domain/notices/notice-filter.js';
import { productionChanged, typePrefix } from '../../../src/domain/notices/notice-type.js';
import { historyProjection } from '../../../src/projections/history/history.projection.js';
import { indexes } from '../../../src/projections/history/history.schema.js';
import { SqliteNoticeReader } from '../../../src/projections/history/notices.reader.js';
import { RecordedHistory } from '../../support/recorded-events.js';
import type { Fact } from '../../support/recorded-events.js';
import {
  modelDeleted,
  modelRestored,
  registered,
  tagSet,
  versionCreated,
  versionDeleted,
} from '../registry/registry-spec.js';
import { historyAfter } from './history-spec.js';

function moved(version: number, from: Stage, to: Stage, inFavourOf: number | null = null): Fact {
  return { type: 'StageTransitioned', data: { version, from, to, comment: null, inFavourOf } };
}

const beginning = [registered('fraud'), versionCreated(1), versionCreated(2), versionCreated(3)];

/** After three versions of `fraud` were made. What is archived is of the command after it. */
function historyOf(...facts: readonly Fact[]) {
  const history = new RecordedHistory();
  let command = 0;
  const events = [...beginning, ...facts].map((fact) => {
    const event = history.record('m', fact);
    const metadata = { ...event.metadata, $causationId: `command-${command}` };
    if (fact.type !== 'StageTransitioned' || fact.data.inFavourOf === null) command += 1;
    return { ...event, metadata };
  });
  return historyAfter(events);
}

function toldOf(...facts: readonly Fact[]) {
  const { notices } = historyOf(...facts);
  return notices.page(everyNotice, { after: beginning.length, limit: 100 }).notices;
}

function changesOf(...facts: readonly Fact[]) {
  return toldOf(...facts)
    .filter(({ type }) => type === productionChanged)
    .map(({ position, production, occupants }) => ({
      event: position - beginning.length,
      ...production,
      now: occupants.Production,
    }));
}

describe('a change of Production', () => {
  it('is told with the event of the version that moves, not with those that it archives', () => {
    const facts = [
      moved(1, 'None', 'Production'),
      moved(2, 'None', 'Production'),
      moved(1, 'Production', 'Archived', 3),
      moved(2, 'Production', 'Archived', 3),
      moved(3, 'None', 'Production'),
    ];
    expect(changesOf(...facts)).toEqual([
      { event: 1, entered: [1], left: [], now: [1] },
      { event: 2, entered: [2], left: [], now: [1, 2] },
      { event: 5, entered: [3], left: [1, 2], now: [3] },
    ]);
    expect(toldOf(...facts).map(({ id }) => id.slice(-13))).toEqual([
      '-000000000005',
      '05.production',
      '-000000000006',
      '06.production',
      '-000000000007',
      '-000000000008',
      '-000000000009',
      '09.production',
    ]);
  });

  it('is found by the stage of the versions that it archives, as by any other that one left or entered', () => {
    const { notices } = historyOf(
      moved(1, 'None', 'Production'),
      moved(1, 'Production', 'Archived', 2),
      moved(2, 'Staging', 'Production'),
    );
    const range = { after: beginning.length + 2, limit: 10 };
    const last = { type: productionChanged, production: { entered: [2], left: [1] } };
    for (const moved of [{ to: 'Archived' }, { to: 'Production' }, { from: 'Production' }] as const) {
      for (const types of [null, [productionChanged]]) {
        const filter = { ...everyNotice, ...moved, types };
        expect(notices.page(filter, range).notices.at(-1)).toMatchObject(last);
      }
    }
    for (const stage of ['Archived', 'Staging', 'Production'] as const) {
      expect(notices.page(everyNotice, { ...range, stage }).notices.at(-1)).toMatchObject(last);
    }
  });

  it('is one also when only others leave, because a version that is there moves there again', () => {
    expect(
      changesOf(
        moved(1, 'None', 'Production'),
        moved(2, 'None', 'Production'),
        moved(1, 'Production', 'Archived', 2),
        moved(2, 'Production', 'Production'),
      ).slice(2),
    ).toEqual([{ event: 4, entered: [], left: [1], now: [2] }]);
  });

  it('is none when a version moves to where it is, or others are archived from Staging', () => {
    expect(
      changesOf(
        moved(1, 'None', 'Production'),
        moved(1, 'Production', 'Production'),
        moved(2, 'None', 'Staging'),
        moved(2, 'Staging', 'Archived', 3),
        moved(3, 'None', 'Staging'),
      ),
    ).toHaveLength(1);
  });

  it('is told when a version leaves for Staging, archiving what is there', () => {
    const facts = [
      moved(1, 'None', 'Production'),
      moved(2, 'None', 'Staging'),
      moved(2, 'Staging', 'Archived', 1),
      moved(1, 'Production', 'Staging'),
    ];
    expect(changesOf(...facts).slice(1)).toEqual([{ event: 4, entered: [], left: [1], now: [] }]);
  });

  it('is told of the deletion of a version, and of a model and its restoration', () => {
    expect(
      changesOf(
        moved(1, 'None', 'Production'),
        moved(2, 'None', 'Production'),
        moved(3, 'None', 'Production'),
        versionDeleted(2),
        modelDeleted('fraud'),
        modelRestored('fraud'),
      ).slice(3),
    ).toEqual([
      { event: 4, entered: [], left: [2], now: [1, 3] },
      { event: 5, entered: [], left: [1, 3], now: [] },
      { event: 6, entered: [1, 3], left: [], now: [1, 3] },
    ]);
  });
});

describe('the occupants after an event', () => {
  it('are the same read one after the other, from anywhere, and alone, also where very many come at once', () => {
    const many = Array.from({ length: 40 }, (_, index) => index + 1);
    const { notices, db } = historyOf(
      ...many.slice(3).map((version) => versionCreated(version)),
      ...many.map((version) => moved(version, 'None', version % 4 === 0 ? 'Production' : 'Staging')),
      modelDeleted('fraud'),
      modelRestored('fraud'),
      ...many.map((version) => moved(version, version % 4 === 0 ? 'Production' : 'Staging', 'Archived')),
    );
    const head = beginning.length + 37 + 40 + 2 + 40;
    const after = (reader: SqliteNoticeReader, position: number) =>
      reader.page(everyNotice, { after: position - 1, upTo: position, limit: 1 }).notices[0]?.occupants;
    const positions = Array.from({ length: head }, (_, index) => index + 1);
    const alone = positions.map((position) => after(new SqliteNoticeReader(db, () => head), position));
    expect(alone[80]).toMatchObject({ Production: many.filter((version) => version % 4 === 0) });
    expect(alone[82]).toEqual(alone[80]);
    for (const every of [1, 3, 17, 30]) {
      const isAsked = (_: unknown, index: number) => index % every === 0;
      const asked = positions.filter(isAsked).map((position) => after(notices, position));
      expect(asked).toEqual(alone.filter(isAsked));
    }
  });
});

describe('a page', () => {
  it('looks at no more than a bounded number of events, and says how far it has come', () => {
    const history = new RecordedHistory();
    history.record('m', registered('fraud'));
    for (let turn = 0; turn < 1_200; turn += 1) history.record('m', tagSet(null, 'turn', String(turn)));
    history.record('n', registered('iris'));
    const db = new DatabaseSync(':memory:');
    historyProjection.create(db);
    const apply = historyProjection.open(db);
    for (const event of history.events) apply(event);
    for (const index of indexes) db.exec(index);
    const notices = new SqliteNoticeReader(db, () => history.events.length);
    const rare = { ...everyNotice, model: 'ir*' };
    const first = notices.page(rare, { after: 0, limit: 1_000 });
    expect(first).toMatchObject({ notices: [], reached: 1_000, isLast: false });
    expect(notices.page(rare, { after: first.reached, limit: 1_000 })).toMatchObject({
      notices: [{ type: `${typePrefix}model.registered.v1`, modelName: 'iris' }],
      reached: 1_202,
      isLast: true,
    });
    const tagged = { ...everyNotice, tag: { key: 'turn', value: '1199' } };
    expect(notices.page(tagged, { after: 0, limit: 10_000 }).notices).toHaveLength(1);
  });
});
