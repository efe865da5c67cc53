import type { EventStoreDBClient, ResolvedEvent } from '@eventstore/db-client';
import type { ReadStreamOptions, RecordedEvent } from '../../application/ports/event-store.js';
import type { PatientReading } from './patient-reading.js';
import { toRecordedEvent } from './recorded-event.js';

/** What all readings of this log have in common. */
export interface ReadingContext {
  readonly client: EventStoreDBClient;
  readonly reading: PatientReading;
  /** Only the leader knows everything; a follower may be asked where the operator prefers one. */
  readonly requiresLeader: boolean;
}

/** The events of one stream. */
export async function* readStream(
  { client, reading, requiresLeader }: ReadingContext,
  stream: string,
  { direction = 'forwards', from, limit = Infinity }: ReadStreamOptions,
): AsyncGenerator<RecordedEvent, void> {
  reading.refuseWhenClosed();
  if (limit <= 0) return;
  const step = direction === 'forwards' ? 1 : -1;
  let read = 0;
  const open = (last: ResolvedEvent | undefined) => {
    const next = last?.event ? Number(last.event.revision) + step : from;
    return client.readStream(stream, {
      direction,
      fromRevision: next === undefined ? (step > 0 ? 'start' : 'end') : BigInt(next),
      maxCount: Math.min(limit - read, Number.MAX_SAFE_INTEGER),
      requiresLeader,
    });
  };
  for await (const batch of reading.batches(open)) {
    for (const { event } of batch) {
      if (event === undefined) continue;
      read += 1;
      yield toRecordedEvent(event);
      if (read === limit || (step < 0 && event.revision === 0n)) return;
    }
  }
}
