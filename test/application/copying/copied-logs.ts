import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import { modelNamePrefix } from '../../../src/application/history/model-name-codec.js';
import type { EventStore, RecordedEvent } from '../../../src/application/ports/event-store.js';
import { annalsStreams } from '../../../src/application/history/annals-streams.js';
import { all, counted } from '../../support/log-events.js';

export const iris = registeredModelStream('iris');
export const wine = registeredModelStream('wine');
export const nameOfIris = `${modelNamePrefix}iris`;

/** A history with all that matters to a copy: streams that take turns, and some events of one in a row. */
export const takingTurns = [nameOfIris, iris, iris, iris, wine, iris, wine, wine, nameOfIris, iris];

/** Appends an event to each of these streams in turn, numbered from 0. */
export async function fill(store: EventStore, streams: readonly string[]): Promise<void> {
  const ends = new Map<string, number>();
  for (const [number, stream] of streams.entries()) {
    const { revision } = await store.append(stream, ends.get(stream) ?? 'no-stream', [counted(number)]);
    ends.set(stream, revision);
  }
}

/** What two true copies have in common; when an event was first recorded is in the metadata of the one only. */
export async function contentsOf(store: EventStore): Promise<unknown[]> {
  const events = await all(store.readAll({ filter: annalsStreams }));
  return events.map(({ stream, revision, id, type, data, metadata }: RecordedEvent) => {
    const { firstRecordedAt: _, ...others } = metadata;
    return { stream, revision, id, type, data, metadata: others };
  });
}
