import type { NoticeReader } from '../../application/notices/notice-reader.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { AuditReader } from '../../application/queries/history/audit-reader.js';
import type { HistoryProgress } from '../../application/queries/history/history-progress.js';
import type { Moments } from '../../application/queries/history/moments.js';
import type { PastReader } from '../../application/queries/history/past-reader.js';
import { ProjectionRunner } from '../projection-runner.js';
import type { ProjectionLog } from '../projection-runner.js';
import { openReadModelDatabase } from '../read-model-database.js';
import { ReadModelTransaction } from '../read-model-transaction.js';
import { SqliteAuditReader } from './audit.reader.js';
import { historyProjection } from './history.projection.js';
import { SqliteMoments } from './moments.reader.js';
import { SqliteNoticeReader } from './notices.reader.js';
import { SqlitePastReader } from './past.reader.js';

/** What can be asked of the history, as soon as it has caught up. */
export interface History {
  readonly progress: HistoryProgress;
  readonly moments: Moments;
  readonly past: PastReader;
  readonly audit: AuditReader;
  readonly notices: NoticeReader;
}

/**
 * The history in a file of its own, which may be deleted at any time: a transaction of its own neither waits for that of
 * the registry nor makes it longer.
 */
export interface OpenHistory extends History {
  /** Keeps it up to date while it runs. */
  readonly runner: ProjectionRunner;
  /** Lets go of the file. The runner must have stopped. */
  close(): void;
}

/** @param path of the file, or `:memory:` */
export function openHistory(path: string, store: EventStore, log: ProjectionLog): OpenHistory {
  const db = openReadModelDatabase(path);
  // What the indexes are sorted in would grow with the log if it were in memory.
  db.exec('PRAGMA temp_store = FILE');
  const transaction = new ReadModelTransaction(db);
  const runner = new ProjectionRunner(historyProjection, db, transaction, store, log, { restful: true });
  return {
    runner,
    progress: runner,
    moments: new SqliteMoments(db, () => runner.position),
    past: new SqlitePastReader(db),
    audit: new SqliteAuditReader(db),
    notices: new SqliteNoticeReader(db, () => runner.position),
    close: () => db.close(),
  };
}
