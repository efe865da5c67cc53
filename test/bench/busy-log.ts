import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { digits } from './figures.js';
import { ModelHistory, write } from './model-history.js';
import type { Append } from './model-history.js';
import { newDataFolder } from './places.js';
import { randomNumbers } from './registry-history.js';

/** How many models something happens to at the same time. */
const activeModels = 500;

export const events = { half: 250_000, all: 500_000 };

/** The same log twice, in files, once when it was half as long. */
export interface BusyLogs {
  readonly half: string;
  readonly all: string;
}

let written: Promise<BusyLogs> | undefined;

/** Writes the logs when they are first asked for. Whoever wants to serve one takes a copy. */
export function busyLogs(): Promise<BusyLogs> {
  written ??= writeLogs();
  return written;
}

/** A data folder with a copy of a log and nothing else. */
export function dataWithLog(log: string): string {
  const folder = newDataFolder('log');
  copyFileSync(log, join(folder, 'log.sqlite'));
  return folder;
}

async function writeLogs(): Promise<BusyLogs> {
  const folder = newDataFolder('busy-logs');
  const logs = { half: join(folder, 'half.sqlite'), all: join(folder, 'all.sqlite') };
  const began = performance.now();
  const busy = busyRegistry();
  await append(logs.all, upTo(events.half, busy));
  copyFileSync(logs.all, logs.half);
  await append(logs.all, upTo(events.all - events.half, busy));
  const seconds = (performance.now() - began) / 1_000;
  console.log(`\n(a log of ${events.all} events was written in ${digits(seconds)} s)`);
  return logs;
}

async function append(log: string, appends: Iterable<Append>): Promise<void> {
  const store = EmbeddedEventStore.open(log);
  await write(store, appends);
  await store.close();
}

/** The first so many events of a busy registry. */
export function busyEvents(count: number): Iterable<Append> {
  return upTo(count, busyRegistry());
}

export function* upTo(count: number, appends: Iterator<Append>): Iterable<Append> {
  for (let left = count; left > 0;) {
    const append: Append = appends.next().value;
    yield left < append.events.length ? { ...append, events: append.events.slice(0, left) } : append;
    left -= append.events.length;
  }
}

/** How many versions a model gets: from `least` to less than `least + span`. */
interface Liveliness {
  readonly versions: { readonly least: number; readonly span: number };
}

/** Models come, live and are left, hundreds at a time, without an end. */
export function* busyRegistry(
  { versions }: Liveliness = { versions: { least: 5, span: 45 } },
): Generator<Append, never> {
  const random = randomNumbers(1);
  const clock = { now: Date.UTC(2024, 0, 1) };
  let born = 0;
  const beBorn = () => life(`team-${born % 20}.model-${(born += 1)}`, versions, random, clock);
  const lives = Array.from({ length: activeModels }, beBorn);
  for (;;) {
    const index = Math.floor(random() * lives.length);
    clock.now += 1 + Math.floor(random() * 60_000);
    const next = lives[index]?.next();
    if (next === undefined || next.done === true) lives[index] = beBorn();
    else yield next.value;
  }
}

/** From a model's registration to its deletion, if it is deleted. */
function* life(
  name: string,
  { least, span }: Liveliness['versions'],
  random: () => number,
  clock: { readonly now: number },
): Generator<Append, void> {
  const history = new ModelHistory();
  const happens = (share: number) => random() < share;
  const versions = least + Math.floor(random() * span);
  yield* history.register(name, tagsOf(random, ['team', 'task', 'owner']), clock.now);
  for (let version = 1; version <= versions; version += 1) {
    yield history.do(newVersion(random), clock.now);
    const tag = (key: string) => ({ type: 'SetTag', version, key, value: wordOf(random) }) as const;
    const move = { type: 'TransitionStage', version, comment: 'looks good' } as const;
    yield history.do(tag('evaluation'), clock.now);
    if (happens(0.3))
      yield history.do({ type: 'DescribeVersion', version, description: 'better' }, clock.now);
    if (happens(0.6)) {
      yield history.do({ ...move, stage: 'Staging', archiveExistingVersions: false }, clock.now);
    }
    if (happens(0.5)) {
      yield history.do({ ...move, stage: 'Production', archiveExistingVersions: true }, clock.now);
    }
    if (happens(0.4)) yield history.do({ type: 'SetAlias', alias: 'champion', version }, clock.now);
    if (happens(0.2)) yield history.do({ ...tag('latest'), version: null }, clock.now);
    if (happens(0.05)) yield history.do({ type: 'DeleteTag', version, key: 'evaluation' }, clock.now);
    if (happens(0.03)) yield history.do({ type: 'DeleteVersion', version }, clock.now);
  }
  if (happens(0.1)) yield* history.rename(`${name}.renamed`, clock.now);
  if (happens(0.05)) yield* history.delete(clock.now);
}

function newVersion(random: () => number) {
  const run = wordOf(random).repeat(4);
  return {
    type: 'CreateVersion',
    source: `s3://models/${run}/artifacts/model`,
    storageLocation: null,
    runId: run,
    runLink: '',
    loggedModelId: null,
    description: 'trained on the data of last week',
    tags: tagsOf(random, ['commit', 'framework', 'auc', 'dataset', 'trained_by']),
  } as const;
}

function tagsOf(random: () => number, keys: readonly string[]) {
  return keys.map((key) => ({ key, value: wordOf(random) }));
}

function wordOf(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
