/** An event as a client sends it. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface RecordedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** In ticks of 100 ns since the epoch. */
  readonly created: bigint;
}

/** The revision of a tombstone, and the mark of a soft deletion. */
export const deletedRevision = 2n ** 63n - 1n;

/** Where the record of an event ends, which is where the next one begins. */
export function endOf({ position, stream, type, data, metadata }: RecordedEvent): bigint {
  return position + BigInt(96 + 2 * (stream.length + type.length) + data.length + metadata.length);
}
