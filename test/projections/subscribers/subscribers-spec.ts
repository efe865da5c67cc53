import { expect } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { subscribersProjection } from '../../../src/projections/subscribers/subscribers.projection.js';

/** What happened in the streams of subscribers, without where and when. */
interface Fact {
  readonly type: string;
  readonly data: object;
  readonly at: number;
}

/** A history as a log would have recorded it: one event after the other, each in its stream. */
export class SubscriberHistory {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, number>();

  of(stream: string, ...facts: readonly Fact[]): this {
    for (const fact of facts) this.#record(stream, fact);
    return this;
  }

  #record(stream: string, { type, data, at }: Fact): void {
    const revision = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, revision);
    const position = this.events.length + 1;
    this.events.push({
      id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
      type,
      data: { ...data },
      metadata: { schemaVersion: 1, happenedAt: new Date(at).toISOString() },
      stream,
      revision,
      position,
      recordedAt: at,
    });
  }

  /** The tables after that. Made twice, they are the same. */
  get tables(): DatabaseSync {
    const [one, other] = [tablesOf(this.events), tablesOf(this.events)];
    expect(rowsOf(one)).toEqual(rowsOf(other));
    return one;
  }
}

function tablesOf(events: readonly RecordedEvent[]): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  subscribersProjection.drop(db);
  subscribersProjection.create(db);
  const apply = subscribersProjection.open(db);
  for (const event of events) apply(event);
  subscribersProjection.index(db);
  return db;
}

function rowsOf(db: DatabaseSync): Record<string, unknown> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${String(name)}`).all()]),
  );
}
