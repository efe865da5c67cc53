import { expect } from '@jest/globals';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { Wish, Writers } from './writers.js';

/** What the log has to hold after clients have written to it, whatever happened to them, the service and the log. */
export function expectWhatWasPromised(log: readonly RecordedEvent[], writers: Writers): void {
  expect(writers.unexpected).toEqual([]);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const versions = log.filter(({ type }) => type === 'VersionCreated');
  const tags = log.filter(({ type }) => type === 'TagSet');
  expectEach(writers.versions, versions, ({ data }) => [data['source'], data['version']]);
  expectEach(writers.tags, tags, ({ data }) => [data['key'], data['version']]);
  for (const stream of Map.groupBy(log, ({ stream }) => stream).values()) expectRules(stream);
}

/** Whatever was acknowledged, and whatever was sent with a key, is there once; the rest at most once. */
function expectEach(
  wishes: readonly Wish[],
  events: readonly RecordedEvent[],
  told: (event: RecordedEvent) => readonly [text: unknown, version: unknown],
): void {
  const found = Map.groupBy(events.map(told), ([text]) => text);
  const wrong = wishes.filter(({ text, keyed, acknowledged }) => {
    const those = found.get(text) ?? [];
    if (acknowledged === undefined) return those.length > 1 || (keyed && those.length === 0);
    return those.length !== 1 || those[0]?.[1] !== acknowledged;
  });
  expect(wrong).toEqual([]);
  expect(events.length).toBeLessThanOrEqual(wishes.length);
}

/** Version numbers have no gaps, and between two commands no model has two versions in Production. */
function expectRules(stream: readonly RecordedEvent[]): void {
  const production = new Set<unknown>();
  let command: unknown;
  let highest = 0;
  for (const { type, data, metadata } of stream) {
    if (metadata['$causationId'] !== command) expect(production.size).toBeLessThanOrEqual(1);
    command = metadata['$causationId'];
    if (type === 'VersionCreated') expect(data['version']).toBe((highest += 1));
    if (type !== 'StageTransitioned') continue;
    if (data['to'] === 'Production') production.add(data['version']);
    else production.delete(data['version']);
  }
  expect(production.size).toBeLessThanOrEqual(1);
}
