import { Clock } from '../../src/application/ports/clock.js';
import type { EventStore, Position } from '../../src/application/ports/event-store.js';
import type { AnsweredRequest } from '../../src/application/ports/idempotency-register.js';
import { IdempotencyRegister } from '../../src/application/ports/idempotency-register.js';
import { ReadModelProgress } from '../../src/application/ports/read-model-progress.js';
import type { Snapshot } from '../../src/application/ports/snapshot-store.js';
import { SnapshotStore } from '../../src/application/ports/snapshot-store.js';
import { decodeMetadata } from '../../src/application/history/event-metadata.js';

/** A clock that stands still until it is set. */
export class SetClock extends Clock {
  time = Date.UTC(2026, 0, 1);

  override now(): number {
    return this.time;
  }
}

/** Keeps snapshots as text, as a real store does, so that only what survives JSON survives here. */
export class InMemorySnapshots extends SnapshotStore {
  readonly #texts = new Map<string, string>();

  override load(stream: string): Snapshot | undefined {
    const text = this.#texts.get(stream);
    return text === undefined ? undefined : (JSON.parse(text) as Snapshot);
  }

  override save(stream: string, snapshot: Snapshot): void {
    this.#texts.set(stream, JSON.stringify(snapshot));
  }
}

/** A read model that has always read everything, and answered nothing. */
export class UpToDate extends ReadModelProgress {
  override async reached(): Promise<boolean> {
    return true;
  }
}

export class NothingAnswered extends IdempotencyRegister {
  override find(): undefined {}
}

/** A read model of nothing but the answered requests. It reads the log whenever it is asked how far it has come. */
export class AnsweredRequests extends ReadModelProgress implements IdempotencyRegister {
  /** While true it reads nothing more and never gets anywhere. */
  stopped = false;
  /** Every position that somebody waited for. */
  readonly waitedFor: Position[] = [];
  readonly #answered = new Map<string, AnsweredRequest>();
  #read: Position = 0;

  constructor(private readonly store: EventStore) {
    super();
  }

  override async reached(position: Position): Promise<boolean> {
    this.waitedFor.push(position);
    if (this.stopped) return this.#read >= position;
    for await (const event of this.store.readAll({ from: this.#read + 1 })) {
      const { idempotency } = decodeMetadata(event.metadata);
      const { stream, revision } = event;
      if (idempotency) {
        this.#answered.set(idempotency.key, { fingerprint: idempotency.fingerprint, stream, revision });
      }
      this.#read = event.position;
    }
    return this.#read >= position;
  }

  find(key: string): AnsweredRequest | undefined {
    return this.#answered.get(key);
  }
}
