import { LRUCache } from 'lru-cache';
import type { Decider } from '../../domain/decider.js';
import { EventStore } from '../ports/event-store.js';
import type {
  ExpectedRevision,
  JsonObject,
  Position,
  RecordedEvent,
  Revision,
} from '../ports/event-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';

/** A stream's state and the revision up to which it holds. */
export interface Loaded<State> {
  readonly state: State;
  readonly revision: ExpectedRevision;
  /** Position of the newest event in it that was read from the log instead of being appended here; 0 for none. */
  readonly readUpTo: Position;
}

/** How one kind of stream is read into state, and what of it may be kept. */
export interface StreamKind<State, Event> {
  readonly decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>;
  decode(event: RecordedEvent): Event;
  /** How much of the cache a state takes, in units of {@link maxCachedWeight}. */
  weightOf(state: State): number;
  toSnapshot(state: State): JsonObject;
  /** Undefined when the snapshot has a shape that this version does not know. */
  fromSnapshot(snapshot: JsonObject): State | undefined;
}

const maxCachedWeight = 200_000;
const eventsPerSnapshot = 1_000;

/**
 * States of streams: the recently used ones in memory, the others read from the log, from the newest snapshot on.
 */
export class StreamRepository<State, Event> {
  readonly #cache: LRUCache<string, Loaded<State>>;

  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotStore,
    private readonly kind: StreamKind<State, Event>,
  ) {
    this.#cache = new LRUCache({
      maxSize: maxCachedWeight,
      sizeCalculation: ({ state }) => Math.min(kind.weightOf(state), maxCachedWeight),
    });
  }

  /** The state as far as this node knows it; another node may have written since. */
  async load(stream: string): Promise<Loaded<State>> {
    return this.#cache.get(stream) ?? this.#remember(stream, await this.#read(stream));
  }

  /** The state with everything that the log holds by now. */
  async refresh(stream: string): Promise<Loaded<State>> {
    const cached = this.#cache.get(stream);
    return this.#remember(stream, cached ? await this.#readOn(stream, cached) : await this.#read(stream));
  }

  /** The state as it was right after the event at `revision`. */
  async loadAt(stream: string, revision: Revision): Promise<State> {
    const snapshot = await this.#fromSnapshot(stream, revision);
    return (await this.#readOn(stream, snapshot, revision)).state;
  }

  /** What the stream's own writer knows after an append. */
  keep(stream: string, loaded: Loaded<State>): void {
    this.#remember(stream, loaded);
  }

  /** After an append of which the outcome is not known. */
  forget(stream: string): void {
    this.#cache.delete(stream);
  }

  /** A read may end after an append that it did not see: the newer state stays. */
  #remember(stream: string, loaded: Loaded<State>): Loaded<State> {
    const known = this.#cache.peek(stream);
    if (known && following(known.revision) > following(loaded.revision)) return known;
    this.#cache.set(stream, loaded);
    return loaded;
  }

  async #read(stream: string): Promise<Loaded<State>> {
    return this.#readOn(stream, await this.#fromSnapshot(stream));
  }

  async #readOn(stream: string, known: Loaded<State>, upTo = Infinity): Promise<Loaded<State>> {
    let { state, revision, readUpTo } = known;
    let last: RecordedEvent | undefined;
    let count = 0;
    for await (const event of this.store.readStream(stream, { from: following(revision) })) {
      if (event.revision > upTo) break;
      state = this.kind.decider.evolve(state, this.kind.decode(event));
      revision = event.revision;
      readUpTo = event.position;
      last = event;
      count += 1;
    }
    if (last && count >= eventsPerSnapshot && upTo === Infinity) {
      const snapshot = { revision: last.revision, eventId: last.id, state: this.kind.toSnapshot(state) };
      this.snapshots.save(stream, snapshot);
    }
    return { state, revision, readUpTo };
  }

  async #fromSnapshot(stream: string, upTo = Infinity): Promise<Loaded<State>> {
    const nothing = { revision: 'no-stream', readUpTo: 0 } as const;
    const start: Loaded<State> = { state: this.kind.decider.initialState, ...nothing };
    const snapshot = this.snapshots.load(stream);
    if (snapshot === undefined || snapshot.revision > upTo) return start;
    const { revision, eventId } = snapshot;
    for await (const event of this.store.readStream(stream, { from: revision, limit: 1 })) {
      if (event.id !== eventId) return start;
      const state = this.kind.fromSnapshot(snapshot.state);
      return state === undefined ? start : { state, revision, readUpTo: event.position };
    }
    return start;
  }
}

function following(revision: ExpectedRevision): Revision {
  return revision === 'no-stream' ? 0 : revision + 1;
}
