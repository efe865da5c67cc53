import { expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { EmbeddedEventStore } from '../../src/infrastructure/embedded-log/embedded-event-store.js';
import { temporaryLog } from '../infrastructure/temporary-log.js';
import { startScript } from '../support/child-script.js';
import { all } from '../support/log-events.js';

const file = temporaryLog();
const rounds = 12;

/** Lets a process append and kills it after so many acknowledgements, which are the answer. */
async function appendAndCrash(acknowledgements: number): Promise<string[]> {
  const child = startScript(new URL('./append-until-killed.ts', import.meta.url), file());
  const acknowledged: string[] = [];
  let killed: Promise<void> | undefined;
  for await (const line of child.lines) {
    acknowledged.push(line);
    if (acknowledged.length >= acknowledgements) {
      killed ??= child.kill();
    }
  }
  await killed;
  return acknowledged;
}

async function logAfterCrash(): Promise<RecordedEvent[]> {
  const store = EmbeddedEventStore.open(file());
  const events = await all(store.readAll());
  await store.close();
  return events;
}

/** No stream has a gap in its revisions, and no append of several events is there in part. */
function expectWholeAppends(stream: readonly RecordedEvent[]): void {
  expect(stream.map(({ revision }) => revision)).toEqual(stream.map((_, index) => index));
  for (let first = 0; first < stream.length; first += sizeOf(stream[first])) {
    const append = stream.slice(first, first + sizeOf(stream[first]));
    expect(append.map(({ data }) => data['index'])).toEqual(numbersTo(sizeOf(stream[first])));
  }
}

function sizeOf(event: RecordedEvent | undefined): number {
  return Number(event?.data['size']);
}

function numbersTo(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function integrity(): unknown {
  const database = new DatabaseSync(file());
  try {
    return database.prepare('PRAGMA integrity_check').all();
  } finally {
    database.close();
  }
}

it('keeps every acknowledged append whole, however often and whenever the process is killed', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    acknowledged.push(...(await appendAndCrash(Math.ceil(Math.random() * 3_000))));

    const events = await logAfterCrash();
    const streams = Map.groupBy(events, ({ stream }) => stream);
    const lost = acknowledged.filter((line) => {
      const [stream = '', revision] = line.split(' ');
      return (streams.get(stream)?.length ?? 0) <= Number(revision);
    });
    expect(lost).toEqual([]);
    streams.forEach(expectWholeAppends);
    expect(events.map(({ position }) => position - 1)).toEqual(numbersTo(events.length));
    expect(integrity()).toEqual([{ integrity_check: 'ok' }]);
  }
});
