import { stages } from '../../src/domain/registered-model/stage.js';
import type { AuditFilter } from '../../src/application/queries/history/audit-reader.js';
import type { History } from '../../src/projections/history/open-history.js';
import { randomNumbers } from './registry-history.js';

const timesAsked = 200;
const hour = 3_600_000;

/** A question, and how long its answers took in milliseconds. */
export interface Asked {
  readonly question: string;
  readonly p50: number;
  readonly p99: number;
}

interface Somewhere {
  /** Somewhere in the log. */
  readonly asOf: number;
  /** When that was. */
  readonly time: number;
  /** A model that lives then. */
  readonly name: string;
  readonly id: string;
  readonly version: number;
}

type Question = (history: History, at: Somewhere) => unknown;

const page = { limit: 100, order: 'newestFirst' } as const;

function entries(filter: (at: Somewhere, history: History) => AuditFilter): Question {
  return (history, at) => history.audit.page(filter(at, history), page);
}

const day = ({ time }: Somewhere, { moments }: History) => moments.between(time - 24 * hour, time);
const month = ({ time }: Somewhere, { moments }: History) => moments.between(time - 30 * 24 * hour, time);

const questions: Readonly<Record<string, Question>> = {
  'a time as a position': ({ moments }, { time }) => moments.positionAt(time),
  'a model': ({ past }, { name, asOf }) => past.model({ name }, asOf),
  'a version': ({ past }, { name, version, asOf }) => past.version({ name }, version, asOf),
  '100 models': ({ past }, { name, asOf }) => past.models(asOf, { limit: 100, after: [name] }),
  'the versions of a model': ({ past }, { name, asOf }) => past.versions({ name }, asOf, { limit: 100 }),
  'Production of all models, 100 rows': ({ past }, { asOf }) =>
    past.stages(asOf, { limit: 100, stages: ['Production'] }),
  'all stages of all models, 100 rows from the middle': ({ past }, { name, asOf }) =>
    past.stages(asOf, { limit: 100, after: [name, 0] }),
  'the stages of a model': ({ past }, { name, asOf }) =>
    past.stages(asOf, { limit: 100, model: { name }, stages: stages.slice(1) }),
  'who was in Production of a model': ({ past }, { name, asOf }) =>
    past.occupancy({ name }, { stage: 'Production', window: { after: 0, upTo: asOf } }, { limit: 100 }),
  'the moves of a version': ({ past }, { name, version, asOf }) =>
    past.transitions({ name }, version, asOf, { limit: 100 }),
  'who was in Production before': ({ past }, { name, asOf }) =>
    past.formerOccupants({ name }, 'Production', asOf, 10),
  'audit: newest 100': entries(() => ({})),
  'audit: a model by name': entries(({ name }) => ({ model: { name } })),
  'audit: a version': entries(({ name, version }) => ({ model: { name }, version })),
  'audit: an actor in a window': entries((at, history) => ({
    actor: 'ada@example.com',
    window: month(at, history),
  })),
  'audit: an actor and a rare type': entries(() => ({ actor: 'ada@example.com', types: ['ModelDeleted'] })),
  'audit: types of a model': entries(({ name }) => ({
    model: { name },
    types: ['StageTransitioned', 'AliasSet'],
  })),
  'audit: into or out of Production, a day': entries((at, history) => ({
    stages: ['Production'],
    window: day(at, history),
  })),
  'audit: the 24 hours before': entries((at, history) => ({ window: day(at, history) })),
  'audit: what never goes together': entries(() => ({ stages: ['Production'], types: ['TagSet'] })),
  'audit: an actor and what is not there': entries(() => ({
    actor: 'ada@example.com',
    outcomes: ['done'],
    category: 'housekeeping',
  })),
  'Production changes in a month, with count': (history, at) => {
    const filter = { topic: 'production', window: month(at, history) } as const;
    return [history.audit.count(filter), history.audit.page(filter, page)];
  },
  'all Production changes, with count': (history) => {
    const filter = { topic: 'production' } as const;
    return [history.audit.count(filter), history.audit.page(filter, page)];
  },
  'edits after Production of a model': entries(({ name }) => ({
    topic: 'editsAfterProduction',
    model: { name },
  })),
  'edits after Production': entries(({ asOf }) => ({
    topic: 'editsAfterProduction',
    window: { after: 0, upTo: asOf },
  })),
  '100 deletions with contents': ({ audit }, { asOf }) =>
    audit.deletions({ window: { after: 0, upTo: asOf } }, page),
};

/** Asks every question of many places in the log. */
export function askAll(history: History): readonly Asked[] {
  const random = randomNumbers(11);
  const places = Array.from({ length: timesAsked }, () => somewhere(history, random));
  return Object.entries(questions).map(([question, ask]) => {
    for (const place of places.slice(0, 10)) ask(history, place);
    const times = places.map((place) => {
      const began = performance.now();
      ask(history, place);
      return performance.now() - began;
    });
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
    return { question, p50: at(0.5), p99: at(0.99) };
  });
}

function somewhere({ moments, past, audit }: History, random: () => number): Somewhere {
  const { first, last } = moments.range();
  for (;;) {
    const asOf = Math.floor((first?.position ?? 0) + random() * (last?.position ?? 0));
    const time = moments.momentAt(asOf)?.recordedAt ?? 0;
    const entry = audit.page({ window: { after: 0, upTo: asOf } }, { ...page, limit: 1 }).items[0];
    const { id = null, name = null } = entry?.model ?? {};
    const version = entry?.version ?? 1;
    if (id !== null && name !== null && past.version({ name }, version, asOf)) {
      return { asOf, time, name, id, version };
    }
  }
}
