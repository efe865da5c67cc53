import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { LogUnavailableError, SubscriptionDroppedError } from '../application/ports/event-store.js';
import type { EventStore, Position, RecordedEvent } from '../application/ports/event-store.js';
import { Checkpoints } from './checkpoints.js';
import type { Checkpoint } from './checkpoints.js';
import type { ApplyEvent, Projection } from './projection.js';
import { ProgressWaiters } from './progress-waiters.js';
import { Rest } from './rest.js';
import type { ReadModelTransaction } from './read-model-transaction.js';

/** Told about what a projection cannot do by itself. */
export interface ProjectionLog {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface RunnerOptions {
  /**
   * Once it has caught up, rest most of the time, but when somebody waits for it: for a read model that no write waits
   * for.
   */
  readonly restful?: boolean;
}

const firstPause = 100;
const longestPause = 30_000;
/** The log comes back by itself, so that waiting long for it only makes the read model late. */
const longestPauseForTheLog = 5_000;

/**
 * Keeps one read model up to date with the log, in a loop of its own: events in log order, a batch of rows and the
 * checkpoint in one transaction, so that each event counts exactly once.
 *
 * An event that cannot be applied is never skipped: the loop stops there, says so, tries again with growing pauses,
 * and {@link failure} stays until it succeeds.
 */
export class ProjectionRunner {
  readonly #checkpoints: Checkpoints;
  readonly #waiters = new ProgressWaiters();
  readonly #stopping = new AbortController();
  readonly #caughtUpOnce = Promise.withResolvers<void>();
  readonly #rest = new Rest();
  #running: Promise<void> = Promise.resolve();
  #position: Position = 0;
  #caughtUp = false;
  #failure: Error | undefined;
  #drops = 0;
  #pause = firstPause;
  #isPrepared = false;

  constructor(
    private readonly projection: Projection,
    private readonly db: DatabaseSync,
    private readonly transaction: ReadModelTransaction,
    private readonly store: EventStore,
    private readonly log: ProjectionLog,
    private readonly options: RunnerOptions = {},
  ) {
    this.#checkpoints = new Checkpoints(db);
  }

  get name(): string {
    return this.projection.name;
  }

  /** Everything up to here is in the read model. */
  get position(): Position {
    return this.#position;
  }

  /** Whether the history that there was at the start has been read: before that, the read model is no answer. */
  get hasCaughtUp(): boolean {
    return this.#caughtUp;
  }

  /** Resolves when it has caught up for the first time, or is stopped. */
  get caughtUp(): Promise<void> {
    return this.#caughtUpOnce.promise;
  }

  /** What keeps the projection from going on, at present. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** How often the subscription was interrupted. */
  get drops(): number {
    return this.#drops;
  }

  /**
   * Resolves when the tables are there; the events follow. Nothing happens after {@link stop}.
   *
   * @throws LogUnavailableError when the log cannot be asked whose tables they are.
   */
  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await this.#prepare();
    this.#running = this.#run();
  }

  /** The same for whom nobody waits: if the log is away, it is tried again until it is there. */
  startWhenPossible(): void {
    if (!this.#stopping.signal.aborted) this.#running = this.#run();
  }

  /** Ends after the batch at hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#rest.end();
    await this.#running;
    this.transaction.commit();
    this.#waiters.giveUp();
    this.#caughtUpOnce.resolve();
  }

  /** Resolves with true when the read model contains everything up to `position`, with false after two seconds. */
  reached(position: Position): Promise<boolean> {
    if (position > this.#position) this.#rest.end();
    return this.#waiters.wait(position, this.#position);
  }

  /** Resolves when everything up to some position past this one is in the read model, or when the signal is aborted. */
  movedPast(position: Position, signal: AbortSignal): Promise<void> {
    return this.#waiters.waitPast(position, this.#position, signal);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const before = this.#position;
      try {
        if (!this.#isPrepared) await this.#prepare();
        await this.#follow();
        if (signal.aborted) return;
        throw new SubscriptionDroppedError('it ended by itself');
      } catch (cause) {
        this.#fail(cause instanceof Error ? cause : new Error(String(cause)));
      }
      if (this.#position > before) this.#pause = firstPause;
      await pause(this.#pause * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
      this.#pause *= 2;
    }
  }

  #fail(failure: Error): void {
    const isDropped = failure instanceof SubscriptionDroppedError;
    if (isDropped) this.#drops += 1;
    const isOfTheLog = isDropped || failure instanceof LogUnavailableError;
    this.#pause = Math.min(this.#pause, isOfTheLog ? longestPauseForTheLog : longestPause);
    this.#failure = failure;
    const details = { projection: this.name, position: this.#position, err: failure };
    this.log.error(details, 'projection stopped; it will be tried again');
  }

  async #follow(): Promise<void> {
    const { filter } = this.projection;
    // After a failure the tables may hold less than this loop had given them; the checkpoint in them knows.
    this.#position = this.#checkpoints.of(this.name)?.position ?? 0;
    const apply = this.projection.open(this.db);
    const { signal } = this.#stopping;
    for await (const message of this.store.subscribe({ after: this.#position, filter, signal })) {
      const began = performance.now();
      if (message.kind === 'events') this.#apply(message.events, apply);
      else this.#pass(message.position);
      if (message.kind === 'caughtUp') await this.#catchUp();
      this.#failure = undefined;
      if (this.#mayRest) await this.#rest.after(performance.now() - began);
    }
  }

  get #mayRest(): boolean {
    const { signal } = this.#stopping;
    return this.options.restful === true && this.#caughtUp && !this.#waiters.areWaiting && !signal.aborted;
  }

  /** Finds the place to go on from; starts afresh when the tables are of another version or of another history. */
  async #prepare(): Promise<void> {
    const { name, version } = this.projection;
    const checkpoint = this.#checkpoints.of(name);
    const place = checkpoint?.version === version ? await this.#placeInThisLog(checkpoint) : undefined;
    if (place !== undefined) {
      if (place !== checkpoint?.position)
        this.transaction.include(1, () => this.#checkpoints.passed(name, place));
      this.#moveTo(place);
      this.#isPrepared = true;
      return;
    }
    if (checkpoint) this.log.info({ projection: name, version }, 'projection is rebuilt from the log');
    this.transaction.include(1, () => {
      this.projection.drop(this.db);
      this.projection.create(this.db);
      this.#checkpoints.reset(name, version);
    });
    this.#position = 0;
    this.#isPrepared = true;
  }

  /**
   * Where to go on with the tables as they are; undefined when they are of another log.
   *
   * A checkpoint past the head may be one of what others have written to the same server, or of what was lost when the
   * log was restored. Nothing after the last event has been applied, so that is a safe place in both cases.
   */
  async #placeInThisLog({ position, lastEvent }: Checkpoint): Promise<Position | undefined> {
    const head = await this.store.head();
    const last = lastEvent?.position ?? 0;
    if (last > head) return undefined;
    const place = position > head ? last : position;
    if (lastEvent === undefined) return place;
    for await (const event of this.store.readAll({ from: last, limit: 1 })) {
      return event.id === lastEvent.id ? place : undefined;
    }
    return undefined;
  }

  #apply(events: readonly RecordedEvent[], apply: ApplyEvent): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.transaction.include(events.length, () => {
      for (const event of events) apply(event);
      this.#checkpoints.applied(this.projection.name, this.projection.version, last);
    });
    this.#moveTo(last.position);
  }

  #pass(position: Position): void {
    if (position <= this.#position) return;
    this.transaction.include(1, () => this.#checkpoints.passed(this.projection.name, position));
    this.#moveTo(position);
  }

  async #catchUp(): Promise<void> {
    this.#pause = firstPause;
    if (this.#caughtUp) return;
    this.transaction.include(1, () => this.projection.index(this.db));
    this.transaction.commit();
    for (const index of this.projection.indexes ?? []) {
      this.transaction.include(1, () => this.db.exec(index));
      this.transaction.commit();
      await nextTurn();
      if (this.#stopping.signal.aborted) return;
    }
    this.#caughtUp = true;
    this.#caughtUpOnce.resolve();
    this.log.info({ projection: this.name, position: this.#position }, 'projection has caught up');
  }

  #moveTo(position: Position): void {
    this.#position = position;
    this.#waiters.moved(position);
  }
}
