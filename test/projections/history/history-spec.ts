import { expect } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { SqliteAuditReader } from '../../../src/projections/history/audit.reader.js';
import { historyProjection } from '../../../src/projections/history/history.projection.js';
import { indexes } from '../../../src/projections/history/history.schema.js';
import { SqliteMoments } from '../../../src/projections/history/moments.reader.js';
import { SqliteNoticeReader } from '../../../src/projections/history/notices.reader.js';
import { SqlitePastReader } from '../../../src/projections/history/past.reader.js';

/** What can be asked of a history. */
export interface History {
  readonly db: DatabaseSync;
  readonly moments: SqliteMoments;
  readonly past: SqlitePastReader;
  readonly audit: SqliteAuditReader;
  readonly notices: SqliteNoticeReader;
}

/**
 * Projects the events twice: once as a rebuild does, which makes the indexes at the end, and once live, beginning afresh
 * before every event, as after a restart. The rows must be the same.
 */
export function historyAfter(events: readonly RecordedEvent[]): History {
  const rebuilt = new DatabaseSync(':memory:');
  historyProjection.create(rebuilt);
  const apply = historyProjection.open(rebuilt);
  for (const event of events) apply(event);
  for (const index of indexes) rebuilt.exec(index);

  const live = new DatabaseSync(':memory:');
  historyProjection.create(live);
  for (const index of indexes) live.exec(index);
  for (const event of events) historyProjection.open(live)(event);

  expect(rowsOf(live)).toEqual(rowsOf(rebuilt));
  rebuilt.close();
  const reached = () => events.at(-1)?.position ?? 0;
  return {
    db: live,
    moments: new SqliteMoments(live, reached),
    past: new SqlitePastReader(live),
    audit: new SqliteAuditReader(live),
    notices: new SqliteNoticeReader(live, reached),
  };
}

function rowsOf(db: DatabaseSync): Record<string, unknown> {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return Object.fromEntries(
    tables.map(({ name }) => [String(name), db.prepare(`SELECT * FROM ${String(name)}`).all()]),
  );
}
