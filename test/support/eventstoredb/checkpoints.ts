import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { RecordedEvent } from './recorded-event.js';

/** A place in the log. While a client catches up, that of a record which has been left out has no prepare position. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export function positionOf({ position }: RecordedEvent): LogPosition {
  return { commit: position, prepare: position };
}

/** How far a filtered subscription has come, which it tells its client now and then, but nothing twice. */
export class Checkpoints {
  #reached: LogPosition | undefined;
  #told: LogPosition | undefined;

  constructor(start: bigint) {
    if (start > 0n) this.#reached = { commit: start, prepare: start };
  }

  pass(position: LogPosition): void {
    this.#reached = position;
  }

  /** A client that has seen nothing is told at the end that it has reached the beginning. */
  passBeginning(): void {
    this.#reached ??= { commit: 0n, prepare: 0n };
  }

  *tell(): Generator<streams.ReadResp> {
    if (this.#reached === undefined || this.#told === this.#reached) return;
    this.#told = this.#reached;
    const { commit, prepare } = this.#reached;
    const checkpoint = new streams.ReadResp.Checkpoint();
    checkpoint.setCommitPosition(String(commit)).setPreparePosition(String(prepare));
    yield new streams.ReadResp().setCheckpoint(checkpoint);
  }
}
