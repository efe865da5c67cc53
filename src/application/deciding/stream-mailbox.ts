import { randomUUID } from 'node:crypto';
import { AppendTooLargeError, WrongExpectedRevisionError } from '../ports/event-store.js';
import type {
  EventStore,
  ExpectedRevision,
  JsonObject,
  NewEvent,
  Position,
  Revision,
} from '../ports/event-store.js';
import type { Loaded, StreamRepository } from './stream-repository.js';

/** One command waiting for its stream. */
export interface Request<State, Event> {
  /**
   * Pure: it is asked again, on the newer state, when another writer was faster.
   *
   * @param revision where the stream ends in this state, with what the commands before this one brought about
   */
  decide(state: State, revision: ExpectedRevision): readonly Event[];
  /**
   * Up to where the log has been searched for an earlier answer to the same request. If the state holds what others
   * have written since, the request is not decided but rejected with an OvertakenError. Undefined: it does not matter.
   */
  readonly searchedUpTo?: Position | undefined;
  /** Metadata of one of its events; `last` says whether it is the last one. */
  metadata(place: { readonly last: boolean }): JsonObject;
}

/** What a command came to. */
export interface Decided<State, Event> {
  /** The state right after the command. */
  readonly state: State;
  /** In order; empty when the command changed nothing. */
  readonly events: readonly Event[];
  /** Revision of the last event; undefined when nothing was recorded in this stream so far. */
  readonly revision: Revision | undefined;
  /** Everything up to here has to be read by who wants to see what the command saw and did. */
  readonly position: Position;
}

/** Others have written to the stream since the log was searched for an earlier answer. Search again. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

interface Job<State, Event> {
  readonly request: Request<State, Event>;
  readonly resolve: (decided: Decided<State, Event>) => void;
  readonly reject: (error: unknown) => void;
}

const maxBatch = 256;
const maxAttempts = 50;

/**
 * The commands to one stream. They queue up, are decided one after the other on the state in memory, and the events
 * of all that wait together go out in one append at the revision that was read. That makes a busy model fast: one
 * durable write answers many clients, and none of them has to be told to try again.
 */
export class StreamMailbox<State, Event extends { readonly type: string; readonly data: object }> {
  readonly #waiting: Job<State, Event>[] = [];
  #draining = false;

  constructor(
    private readonly stream: string,
    private readonly store: EventStore,
    private readonly repository: StreamRepository<State, Event>,
    private readonly evolve: (state: State, event: Event) => State,
    private readonly observer: MailboxObserver,
  ) {}

  /** Rejects with what `decide` threw, or with what the log said when nothing could be written. */
  post(request: Request<State, Event>): Promise<Decided<State, Event>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.observer.queued(1);
      if (!this.#draining) {
        this.#draining = true;
        // What arrives in the same turn of the event loop goes out in the same append.
        setImmediate(() => void this.#drain());
      }
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, maxBatch);
      await this.#answer(batch);
      this.observer.queued(-batch.length);
    }
    this.#draining = false;
    this.observer.emptied(this.stream);
  }

  /** What is more than the log takes at once may not be when it is sent in parts. */
  async #answer(batch: readonly Job<State, Event>[]): Promise<void> {
    try {
      await this.#process(batch);
    } catch (error) {
      this.repository.forget(this.stream);
      if (error instanceof AppendTooLargeError && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.#answer(batch.slice(0, half));
        await this.#answer(batch.slice(half));
      } else for (const job of batch) job.reject(error);
    }
  }

  async #process(batch: readonly Job<State, Event>[]): Promise<void> {
    let loaded = await this.repository.load(this.stream);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = this.#decideAll(batch, loaded);
      if (outcome.events.length === 0) {
        // No append proves that this state is the newest: another node may have written what is found missing.
        const { revision } = loaded;
        loaded = await this.repository.refresh(this.stream);
        if (loaded.revision === revision) {
          return settle(outcome.replies, outcome.refused ? nowhere : await this.store.head());
        }
        continue;
      }
      try {
        const { revision, position } = await this.store.append(this.stream, loaded.revision, outcome.events);
        this.repository.keep(this.stream, { ...loaded, state: outcome.state, revision });
        return settle(outcome.replies, position);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError) || attempt === maxAttempts) throw error;
        loaded = await this.repository.refresh(this.stream);
      }
    }
  }

  /** `refused`: all of them were, so that nobody gets to hear a position. */
  #decideAll(batch: readonly Job<State, Event>[], loaded: Loaded<State>) {
    let { state } = loaded;
    let revision = loaded.revision === 'no-stream' ? -1 : loaded.revision;
    const events: NewEvent[] = [];
    const replies: Reply[] = [];
    let refused = true;
    for (const { request, resolve, reject } of batch) {
      try {
        if (loaded.readUpTo > (request.searchedUpTo ?? Infinity)) throw new OvertakenError();
        const decided = request.decide(state, revision < 0 ? 'no-stream' : revision);
        const drafts = decided.map((event, index) =>
          draft(event, request.metadata({ last: index === decided.length - 1 })),
        );
        state = decided.reduce(this.evolve, state);
        revision += decided.length;
        events.push(...drafts);
        const known = { state, events: decided, revision: revision < 0 ? undefined : revision };
        refused = false;
        replies.push((position) => resolve({ ...known, position }));
      } catch (refusal) {
        // Told only when the events on which it rests are on disk.
        replies.push(() => reject(refusal));
      }
    }
    return { state, events, replies, refused };
  }
}

/** Told how the mailboxes fare. */
export interface MailboxObserver {
  /** So many commands more are waiting or being decided. */
  queued(change: number): void;
  /** Nothing waits for this stream any more. */
  emptied(stream: string): void;
}

type Reply = (position: Position) => void;

const nowhere: Position = 0;

function settle(replies: readonly Reply[], position: Position): void {
  for (const reply of replies) reply(position);
}

function draft(event: { readonly type: string; readonly data: object }, metadata: JsonObject): NewEvent {
  return { id: randomUUID(), type: event.type, data: event.data as JsonObject, metadata };
}
