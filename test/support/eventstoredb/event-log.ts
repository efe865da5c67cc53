import { EventEmitter, once } from 'node:events';
import type { ExpectedRevision } from './commit-check.js';
import { checkCommit } from './commit-check.js';
import type { LogFile } from './log-file.js';
import type { ProposedEvent, RecordedEvent } from './recorded-event.js';
import { deletedRevision, endOf } from './recorded-event.js';
import type { StreamMetadata } from './stream-metadata.js';
import { metastreamOf, readMetadata, writeMetadata } from './stream-metadata.js';

/** What became of an append. `noStream` is -1, as on the server. */
export type Appended =
  | { readonly outcome: 'appended'; readonly revision: bigint; readonly position: bigint }
  | { readonly outcome: 'wrong version'; readonly actual: bigint }
  | { readonly outcome: 'stream deleted' };

const firstRecord = 1_072n;

/** All events, in the order of their positions and of their streams' revisions. */
export class EventLog {
  #events: RecordedEvent[] = [];
  #streams = new Map<string, RecordedEvent[]>();
  /** What the server remembers of the ids that were sent since it started. */
  readonly #sent = new Map<string, RecordedEvent>();
  readonly #growth = new EventEmitter({ captureRejections: false }).setMaxListeners(0);

  constructor(private readonly file?: LogFile) {}

  /** Reads everything from the file again. */
  load(): void {
    this.#events = [];
    this.#streams = new Map();
    this.#sent.clear();
    this.#record(this.file?.read() ?? []);
  }

  /** Where the next record will begin. */
  get end(): bigint {
    const last = this.#events.at(-1);
    return last === undefined ? firstRecord : endOf(last);
  }

  /** The events from a position on, which is that of an event or of the end. */
  from(position: bigint): RecordedEvent[] {
    return this.#events.slice(this.#indexAt(position));
  }

  /** The events before a position. */
  before(position: bigint): RecordedEvent[] {
    return this.#events.slice(0, this.#indexAt(position));
  }

  /** Up to so many events after a position. */
  after(position: bigint, count: number): RecordedEvent[] {
    const first = this.#indexAt(position + 1n);
    return this.#events.slice(first, first + count);
  }

  /** Whether a record begins there, or would. */
  isBoundary(position: bigint): boolean {
    const event = this.#events[this.#indexAt(position)];
    return event === undefined ? position >= this.end : event.position === position;
  }

  /** The last revision of a stream, though it be deleted; -1 when it has no events. */
  lastRevision(stream: string): bigint {
    return this.#stream(stream).at(-1)?.revision ?? -1n;
  }

  isTombstoned(stream: string): boolean {
    return this.lastRevision(stream) === deletedRevision;
  }

  isSoftDeleted(stream: string): boolean {
    return this.metadata(stream).truncateBefore === deletedRevision;
  }

  metadata(stream: string): StreamMetadata {
    return readMetadata(this.#stream(metastreamOf(stream)).at(-1));
  }

  /** Any event of a stream, though it be truncated. */
  at(stream: string, revision: bigint): RecordedEvent | undefined {
    return this.#stream(stream)[Number(revision)];
  }

  /** The event with an id, if it was sent since the server started. */
  sent(id: string): RecordedEvent | undefined {
    return this.#sent.get(id);
  }

  /** The events of a stream that have not been truncated. */
  stream(stream: string): RecordedEvent[] {
    const { truncateBefore, maxCount } = this.metadata(stream);
    const events = this.#stream(stream).filter(({ revision }) => revision >= truncateBefore);
    return maxCount === undefined ? events : events.slice(-maxCount);
  }

  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Appended {
    const check = checkCommit(this, stream, expected, events);
    if (check !== 'new') return check;
    if (this.isSoftDeleted(stream)) this.#truncate(stream, this.lastRevision(stream) + 1n);
    return this.#write(stream, events);
  }

  /** Hides the events of a stream that may be written to again. */
  delete(stream: string, expected: ExpectedRevision): Appended {
    const check = checkCommit(this, stream, expected, []);
    return check === 'new' ? this.#truncate(stream, deletedRevision) : check;
  }

  /** Ends a stream for ever. */
  tombstone(stream: string, expected: ExpectedRevision): Appended {
    const check = checkCommit(this, stream, expected, []);
    if (check !== 'new') return check;
    return this.#write(stream, [json('$streamDeleted', '')], deletedRevision);
  }

  /** Resolves when something has been appended. */
  async grown(signal: AbortSignal): Promise<void> {
    await once(this.#growth, 'appended', { signal });
  }

  onAppended(listener: () => void): void {
    this.#growth.on('appended', listener);
  }

  #truncate(stream: string, truncateBefore: bigint): Appended {
    const text = writeMetadata(this.#stream(metastreamOf(stream)).at(-1), truncateBefore);
    return this.#write(metastreamOf(stream), [json('$metadata', text)]);
  }

  #write(stream: string, proposed: readonly ProposedEvent[], as?: bigint): Appended {
    let revision = as === undefined ? this.lastRevision(stream) : as - 1n;
    let position = this.end;
    const events = proposed.map((event): RecordedEvent => {
      revision += 1n;
      const created = BigInt(Date.now()) * 10_000n;
      const recorded = { ...event, stream, revision, position, created };
      position = endOf(recorded);
      return recorded;
    });
    this.file?.append(events);
    this.#record(events);
    for (const event of events) this.#sent.set(event.id, event);
    this.#growth.emit('appended');
    return { outcome: 'appended', revision, position: events.at(-1)?.position ?? this.end };
  }

  #record(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#events.push(event);
      const stream = this.#streams.get(event.stream);
      if (stream === undefined) this.#streams.set(event.stream, [event]);
      else stream.push(event);
    }
  }

  #stream(stream: string): readonly RecordedEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  /** The index of the first event that is not before a position. */
  #indexAt(position: bigint): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** An event that the server writes itself. */
export function json(type: string, text: string): ProposedEvent {
  return {
    id: crypto.randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(text),
    metadata: Buffer.alloc(0),
  };
}
