/** Place of an event within its stream: 0 for the first, rising by one without gaps. */
export type Revision = number;

/**
 * Place of an event within the whole log. Positions rise in commit order, not necessarily by one.
 * 0 stands before every event of ours, so "after 0" means "from the beginning".
 */
export type Position = number;

/** What a writer believes about a stream: it ends at this revision, or it has no events yet. */
export type ExpectedRevision = Revision | 'no-stream';

/** A JSON object. The log keeps it as it is and knows nothing of its meaning. */
export type JsonObject = { readonly [key: string]: unknown };

export interface NewEvent {
  /**
   * A UUID made once per decision. Sending the same events again with the same ids is not a second append:
   * see {@link EventStore.append}.
   */
  readonly id: string;
  /** The wire name of the event, which never changes. */
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** When the log stored the event, in milliseconds since the epoch, by the log's clock. */
  readonly recordedAt: number;
}

/** Where an append ended: revision and position of its last event. */
export interface Appended {
  readonly revision: Revision;
  readonly position: Position;
}

/** Only events of streams whose names start with one of these. */
export interface EventFilter {
  readonly streamPrefixes: readonly string[];
}

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to read, inclusive. Without it: the stream's start, or its end when reading backwards. */
  readonly from?: Revision;
  /** How many events at most. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** First position to read, inclusive. Without it: the log's start, or its end when reading backwards. */
  readonly from?: Position;
  readonly filter?: EventFilter;
  /** How many events at most. */
  readonly limit?: number;
}

export interface SubscribeOptions {
  /** Last position that the subscriber has dealt with, exclusive; 0 for the whole log. */
  readonly after: Position;
  readonly filter?: EventFilter;
  /** Ends the subscription: the iteration then finishes without an error. */
  readonly signal: AbortSignal;
}

/**
 * What a subscription says, in log order.
 * - `events`: one or more events, ascending.
 * - `checkpoint`: everything up to `position` that passes the filter has been delivered, and more history follows. It
 *   is said now and then, so that whoever is interrupted in a long history need not begin again.
 * - `caughtUp`: everything up to `position` that passes the filter has been delivered. It is said after the history
 *   has been read and again whenever the live tail has been drained, so `position` may be kept as a checkpoint even
 *   when the filter left everything out.
 */
export type SubscriptionMessage =
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caughtUp'; readonly position: Position };

/**
 * The log: an append-only sequence of events in streams. The only truth of the service.
 *
 * Any adapter must pass test/contracts/event-store.contract.ts.
 */
export abstract class EventStore {
  /**
   * Appends all events or none, durably: when the promise resolves, the events are on disk.
   *
   * Idempotent by event id: if the stream already holds exactly these events right after `expected`, the answer is
   * that of the first append and nothing is written.
   *
   * What is written is the JSON of `data` and `metadata` at the time of the call. No events, or an event that is no
   * JSON object, is a mistake of the caller and refused before anything is written.
   *
   * @throws WrongExpectedRevisionError when the stream does not end at `expected`.
   * @throws AppendTooLargeError when the log does not take so much at once.
   * @throws LogUnavailableError when the log could not store the events. Send the same events again to be sure.
   * @throws AppendOutcomeUnknownError, which is one of those, when they may well be stored.
   * @throws LogClosedError after {@link close}.
   */
  abstract append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /**
   * The events of one stream, in order; nothing when there is no such stream. Abandoning the iteration is fine.
   *
   * This, {@link readAll} and {@link head} throw a LogUnavailableError when the log cannot be reached.
   */
  abstract readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /**
   * The events of the whole log in commit order, up to a head that it has after the call and before the first event is
   * told: what is appended once that has come is not among them.
   */
  abstract readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * The whole log from a position on: first the history, then what is appended, without gap or repetition.
   * It is pulled: a slow consumer holds back the reading and memory stays bounded. Each iteration is a subscription
   * of its own, and leaving it ends it.
   *
   * @throws SubscriptionDroppedError in the iteration when it is interrupted. Subscribe again after the last position.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>;

  /** Position of the newest event, 0 when the log is empty. */
  abstract head(): Promise<Position>;

  /**
   * Finishes what has been accepted, ends every subscription and lets go of the log. Whatever is asked of it from then
   * on is refused with a LogClosedError. May be called twice.
   */
  abstract close(): Promise<void>;
}

/** The stream does not end where the writer believed. Nothing was written. */
export class WrongExpectedRevisionError extends Error {
  override readonly name = 'WrongExpectedRevisionError';

  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`Stream ${stream} was expected at ${expected} and is at ${actual}`);
  }
}

/** The events of one append are more than the log takes at once. Nothing was written. */
export class AppendTooLargeError extends Error {
  override readonly name = 'AppendTooLargeError';

  /** @param limit how much it takes, in bytes */
  constructor(
    readonly stream: string,
    readonly limit: number,
  ) {
    super(`An append to stream ${stream} is larger than the ${limit} bytes that the log takes at once`);
  }
}

/**
 * The log could not be written or read: the disk is full or failing, the server cannot be reached. In rare cases the
 * events are stored all the same, so whoever wants to know sends them again with the same ids.
 */
export class LogUnavailableError extends Error {
  override readonly name: string = 'LogUnavailableError';

  constructor(cause: unknown) {
    super(`The log is unavailable: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * The log took an append and never said what became of it, however often it was asked. The events may be stored, now or
 * a little later. Sending the same events with the same ids to the same place tells.
 */
export class AppendOutcomeUnknownError extends LogUnavailableError {
  override readonly name = 'AppendOutcomeUnknownError';

  constructor(
    readonly stream: string,
    cause: unknown,
  ) {
    super(cause);
    this.message = `It is not known whether an append to stream ${stream} was stored: ${reasonOf(cause)}`;
  }
}

/** A subscription was interrupted; nothing was skipped. Subscribe again after the last position that was delivered. */
export class SubscriptionDroppedError extends Error {
  override readonly name: string = 'SubscriptionDroppedError';

  constructor(cause: unknown) {
    super(`The subscription to the log was dropped: ${reasonOf(cause)}`, { cause });
  }
}

/** A subscription is silent although the log has events that it did not deliver. */
export class SubscriptionStalledError extends SubscriptionDroppedError {
  override readonly name = 'SubscriptionStalledError';

  constructor(position: Position, head: Position, milliseconds: number) {
    super(`nothing came after position ${position} for ${milliseconds} ms, and the log is at ${head}`);
  }
}

/** The log has been closed: the service is shutting down. */
export class LogClosedError extends Error {
  override readonly name = 'LogClosedError';

  constructor() {
    super('The log is closed');
  }
}

/** Told by an adapter what became of appends, for metrics. It must be quick and must not throw. */
export interface EventStoreObserver {
  /** Appends that were made durable together, by one write that took this long. */
  committed(batch: {
    readonly appends: number;
    readonly events: number;
    readonly milliseconds: number;
  }): void;

  /** One append met a stream that does not end where its writer believed. */
  conflicted(): void;

  /** One append is sent again, because the log did not say what became of it. */
  resent(): void;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
