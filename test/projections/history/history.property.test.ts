import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import { modelIdOf, registeredModelPrefix } from '../../../src/application/history/registered-model-codec.js';
import type { PageEnd } from '../../../src/application/queries/search-criteria.js';
import { stages } from '../../../src/domain/registered-model/stage.js';
import { anyRegistryHistory } from './any-registry-history.js';
import { historyAfter } from './history-spec.js';
import type { History } from './history-spec.js';
import { bytes, NaiveHistory, pastModel, pastVersion } from './naive-history.js';
import type { NaiveOccupancy } from './naive-history.js';

const names = ['iris', 'lily', 'rose'];
const runs = { numRuns: 25 };

describe('the history of any registry', () => {
  it('has the models and versions as they were after every event', () =>
    atEveryEvent(({ past }, naive, asOf) => {
      const models = naive.models(asOf);
      for (const model of models) {
        expect(past.model({ id: model.id }, asOf)).toEqual(pastModel(model));
        const numbers = [...model.contents.versions].map(({ version }) => version);
        const versions = numbers.map((number) => pastVersion(model, number));
        expect(numbers.map((number) => past.version({ id: model.id }, number, asOf))).toEqual(versions);
        const all = pages((page) => past.versions({ id: model.id }, asOf, { ...page, deleted: 'included' }));
        expect(all).toEqual(versions);
        const live = pages((page) => past.versions({ id: model.id }, asOf, page));
        expect(live).toEqual(versions.filter((version) => version?.deleted === false));
      }
      for (const name of names) {
        const named = naive.named(name, asOf);
        expect(past.model({ name }, asOf)).toEqual(named && pastModel(named));
      }
      const live = models.filter(({ deleted }) => !deleted).map(pastModel);
      live.sort((a, b) => bytes(a.name, b.name));
      expect(pages((page) => past.models(asOf, page))).toEqual(live);
    }));

  it('knows who held which stage after every event', () =>
    atEveryEvent(({ past }, naive, asOf) => {
      const held = naive.occupancies(asOf);
      const present = held.filter(({ to }) => to === undefined);
      const nameOf = new Map(naive.models(asOf).map(({ id, contents }) => [id, contents.name]));
      const byName = (a: NaiveOccupancy, b: NaiveOccupancy) =>
        bytes(nameOf.get(a.modelId) ?? '', nameOf.get(b.modelId) ?? '') || a.version - b.version;
      const board = pages((page) => past.stages(asOf, page));
      expect(board.map(naively)).toEqual(present.toSorted(byName));
      expect(board.map(({ name }) => name)).toEqual(board.map(({ modelId }) => nameOf.get(modelId)));
      for (const stage of stages) {
        const there = present.filter((one) => one.stage === stage).toSorted(byName);
        expect(pages((page) => past.stages(asOf, { ...page, stages: [stage] })).map(naively)).toEqual(there);
        for (const { id } of naive.models(asOf)) {
          const former = held.filter((one) => one.modelId === id && one.stage === stage);
          expect(
            pages((page) => past.occupancy({ id }, { stage, window: { after: 0, upTo: asOf } }, page)).map(
              naively,
            ),
          ).toEqual(former);
        }
      }
    }));

  it('finds the occupancies of any window', () =>
    atEveryEvent(({ past }, naive, asOf) => {
      const after = naive.events[Math.floor(naive.upTo(asOf).length / 2) - 1]?.position ?? 0;
      for (const { id } of naive.models(asOf)) {
        const held = naive
          .occupancies(asOf)
          .filter(({ modelId, to }) => modelId === id && (to === undefined || to > after));
        const found = pages((page) => past.occupancy({ id }, { window: { after, upTo: asOf } }, page));
        expect(found.map(naively)).toEqual(held);
      }
    }));

  it('knows who was in Production before, each once and the last to leave first', () =>
    atEveryEvent(({ past }, naive, asOf) => {
      for (const { id, contents, deleted } of naive.models(asOf)) {
        const held = naive
          .occupancies(asOf)
          .filter((one) => one.modelId === id && one.stage === 'Production');
        const seen = new Set(held.filter(({ to }) => to === undefined).map(({ version }) => version));
        const former: NaiveOccupancy[] = [];
        for (const one of held.toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0) || b.version - a.version)) {
          if (one.to === undefined || seen.has(one.version)) continue;
          seen.add(one.version);
          former.push(one);
        }
        const found = past.formerOccupants({ id }, 'Production', asOf, 100) ?? [];
        expect(found.map(naively)).toEqual(former);
        expect(found.map(({ live }) => live)).toEqual(
          former.map(({ version }) => !deleted && contents.versions.get(version)?.deleted === false),
        );
      }
    }));

  it('tells every event, forwards and backwards, whatever is asked for', () =>
    atTheEnd(({ audit, past }, naive) => {
      const told = naive.told.map(({ position }) => position);
      const positions = (filter: Parameters<typeof audit.page>[0]) => {
        const forwards = pages((page) => audit.page(filter, { ...page, order: 'oldestFirst' }));
        const backwards = pages((page) => audit.page(filter, { ...page, order: 'newestFirst' }));
        const found = forwards.map(({ position }) => position);
        expect(backwards.map(({ position }) => position)).toEqual(found.toReversed());
        expect(audit.count(filter)).toBe(found.length);
        return found;
      };
      const those = (is: (event: RecordedEvent) => boolean) =>
        naive.told.filter(is).map(({ position }) => position);
      expect(positions({})).toEqual(told);
      expect(positions({ actor: 'ana' })).toEqual(those((event) => actorOf(event) === 'ana'));
      expect(positions({ actor: 'nobody' })).toEqual([]);
      const types = ['StageTransitioned', 'TagSet'] as const;
      expect(positions({ types })).toEqual(those(({ type }) => types.some((one) => one === type)));
      expect(positions({ actor: 'ben', types })).toEqual(
        those((event) => actorOf(event) === 'ben' && types.some((one) => one === event.type)),
      );
      for (const one of stages) {
        for (const other of stages) {
          const touched = those((event) =>
            movesOf(naive, event)
              .flat()
              .some((stage) => stage === one || stage === other),
          );
          expect(positions({ stages: [one, other] })).toEqual(touched);
        }
      }
      expect(positions({ topic: 'production' })).toEqual(
        those((event) =>
          movesOf(naive, event).some(
            ([from, to]) => from !== to && (from === 'Production' || to === 'Production'),
          ),
        ),
      );
      for (const name of names) {
        const holders = new Set(past.namesHeld({ name }, Infinity).map(({ modelId }) => modelId));
        expect(positions({ model: { name } })).toEqual(those(({ stream }) => holders.has(modelIdOf(stream))));
      }
      expect(positions({ category: 'control-plane' })).toEqual(those((event) => isControlPlane(event)));
      expect(positions({ category: 'registry' })).toEqual(
        those(({ stream, type }) => stream.startsWith(registeredModelPrefix) && type !== 'NothingChanged'),
      );
      const [middle = 0] = told.slice(Math.floor(told.length / 2));
      expect(positions({ window: { after: middle, upTo: Number.MAX_SAFE_INTEGER } })).toEqual(
        told.filter((position) => position > middle),
      );
    }));

  it('maps a time to the newest event recorded up to it', () =>
    atTheEnd(({ moments }, naive) => {
      for (const { recordedAt } of naive.events) {
        for (const time of [recordedAt - 1, recordedAt]) {
          const newest = naive.told.findLast((event) => event.recordedAt <= time);
          expect(moments.positionAt(time)).toBe(newest?.position);
        }
      }
    }));

  it('has what was deleted as it was before', () =>
    atTheEnd(({ audit }, naive) => {
      const deletions = pages((page) => audit.deletions({}, { ...page, order: 'oldestFirst' }));
      const deleted = naive.events.filter(({ type }) => type === 'ModelDeleted' || type === 'VersionDeleted');
      expect(deletions.map(({ entry }) => entry.position)).toEqual(deleted.map(({ position }) => position));
      for (const { entry, model, version, restoredAt } of deletions) {
        const first = naive.events.find(
          ({ metadata }) => decodeMetadata(metadata).$causationId === entry.causationId,
        );
        const before = naive.models((first?.position ?? 0) - 1).find(({ id }) => id === entry.model.id);
        expect(before && pastModel(before)).toEqual(model);
        if (entry.version !== null && before) expect(version).toEqual(pastVersion(before, entry.version));
        const restored = naive.events.find(
          ({ position, stream, type, data }) =>
            position > entry.position &&
            modelIdOf(stream) === entry.model.id &&
            (entry.version === null
              ? type === 'ModelRestored'
              : type === 'VersionRestored' && data['version'] === entry.version),
        );
        expect(restoredAt).toBe(restored?.position);
      }
    }));
});

type Check = (history: History, naive: NaiveHistory, asOf: number) => void;

function atTheEnd(check: Check): void {
  fc.assert(
    fc.property(anyRegistryHistory(), (events) => {
      const history = historyAfter(events);
      check(history, new NaiveHistory(events), events.at(-1)?.position ?? 0);
      history.db.close();
    }),
    runs,
  );
}

function atEveryEvent(check: Check): void {
  atTheEnd((history, naive) => {
    for (const { position } of naive.events) {
      check(history, naive, position);
    }
  });
}

/** All pages of one item each, and the same at once. */
function pages<Item>(
  ask: (page: { limit: number; after?: PageEnd }) => { items: readonly Item[]; end?: PageEnd } | undefined,
): readonly Item[] {
  const atOnce = ask({ limit: 1_000 });
  const items: Item[] = [];
  let end: PageEnd | undefined;
  do {
    const page = ask({ limit: 1, ...(end && { after: end }) });
    items.push(...(page?.items ?? []));
    end = page?.end;
  } while (end !== undefined);
  expect(items).toEqual(atOnce?.items ?? []);
  return items;
}

function naively({
  modelId,
  version,
  stage,
  opened,
  closed,
}: {
  modelId: string;
  version: number;
  stage: NaiveOccupancy['stage'];
  opened: { position: number };
  closed: { position: number } | undefined;
}): NaiveOccupancy {
  return { modelId, version, stage, from: opened.position, to: closed?.position };
}

function isControlPlane({ stream, type }: RecordedEvent): boolean {
  return !stream.startsWith(registeredModelPrefix) && type !== 'NothingChanged';
}

function actorOf({ metadata }: RecordedEvent): string {
  return decodeMetadata(metadata).actor.id;
}

/** The stages that versions left and entered at an event, but for the first one of each. */
function movesOf(naive: NaiveHistory, event: RecordedEvent): readonly (readonly [string?, string?])[] {
  const { position, type, data } = event;
  if (type === 'StageTransitioned') return [[String(data['from']), String(data['to'])]];
  const held = naive.occupancies(position);
  const left = held.filter(({ to }) => to === position).map(({ stage }) => [stage] as const);
  const entered = held.filter(({ from }) => from === position).map(({ stage }) => ['', stage] as const);
  if (type === 'ModelDeleted' || type === 'VersionDeleted') return left;
  return type === 'ModelRestored' || type === 'VersionRestored' ? entered : [];
}
