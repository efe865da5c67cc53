import type { DatabaseSync } from 'node:sqlite';

const maxEvents = 4_096;
const maxMilliseconds = 1_000;

/**
 * Writes to a read model, many batches to one transaction. Whoever reads through the same connection sees a batch as
 * soon as it is in; on disk it is a little later, which saves most of the cost of a commit. What a crash takes is
 * applied again, because the checkpoint is in the same transaction.
 */
export class ReadModelTransaction {
  #events = 0;
  #changes = 0;
  #open = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: DatabaseSync) {}

  /** How often anything was included: what was read before the last time may not be true any more. */
  get changes(): number {
    return this.#changes;
  }

  /**
   * Does all of the work or, if it throws, none of it. `events` is how much there is to apply again after a crash.
   *
   * Throws also when the database has taken back what was included before and not committed, as it may on a full disk:
   * the checkpoint that it holds then says from where to apply again.
   */
  include(events: number, work: () => void): void {
    if (this.#open && !this.db.isTransaction) this.#lose();
    if (!this.#open) this.#begin();
    this.db.exec('SAVEPOINT batch');
    try {
      work();
      this.db.exec('RELEASE batch');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK TO batch; RELEASE batch');
      throw error;
    }
    this.#changes += 1;
    this.#events += events;
    if (this.#events >= maxEvents) this.commit();
  }

  /** Puts on disk what is included so far. */
  commit(): void {
    clearTimeout(this.#timer);
    if (this.#open && !this.db.isTransaction) this.#lose();
    if (this.#open) this.db.exec('COMMIT');
    this.#events = 0;
    this.#open = false;
  }

  #lose(): never {
    this.#events = 0;
    this.#open = false;
    this.#changes += 1;
    throw new Error('The database took back a part of the read model before it was committed');
  }

  #begin(): void {
    this.db.exec('BEGIN IMMEDIATE');
    this.#open = true;
    this.#timer = setTimeout(() => this.commit(), maxMilliseconds).unref();
  }
}
