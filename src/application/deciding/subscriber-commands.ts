import type { Decider } from '../../domain/decider.js';
import { RegistryError } from '../../domain/registry-error.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore, Revision } from '../ports/event-store.js';
import type { AnsweredRequest } from '../ports/idempotency-register.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { CatchingUp } from './catching-up.js';
import { Envelope } from './envelope.js';
import type { ContextualCommand, Idempotency, UnansweredRequest } from './idempotency.js';
import type { Timeless } from './registered-models.js';
import { StreamMailboxes } from './stream-mailboxes.js';
import { StreamRepository } from './stream-repository.js';
import type { StreamKind } from './stream-repository.js';
import { SubscriberChangedError } from './subscriber-changed-error.js';

/** An event of a subscriber. The one that says that nothing changed is there for requests with an Idempotency-Key. */
interface SubscriberEvent {
  readonly type: string;
  readonly data: object;
  readonly at: number;
}

/** One kind of subscribers: what they are called, their rules and how their streams are read. */
export interface SubscriberKind<State, Command, Event> extends StreamKind<State, Event> {
  /** What one is called in a refusal: `webhook`, `consumer`. */
  readonly noun: string;
  readonly decider: Decider<State, Command, Event>;
  /** The event of a command that changed nothing and yet has to leave a trace, because it came with an Idempotency-Key. */
  nothingChanged(at: number): Event;
}

/** What the commands to all kinds of subscribers need. */
export interface SubscriberServices {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly idempotency: Idempotency;
  /** Waits for the `subscribers` read model of this node. */
  readonly catchingUp: CatchingUp;
  readonly clock: Clock;
}

/**
 * How a command is answered: from the state right after it.
 *
 * @param revision of the last event in the stream by then; undefined when there is none
 * @param events what it recorded; undefined for a dry run and for an answer to a repeated Idempotency-Key
 */
export type SubscriberAnswer<State, Result> = (
  state: State,
  revision: Revision | undefined,
  events: readonly SubscriberEvent[] | undefined,
) => Result;

interface After<State> {
  readonly state: State;
  readonly revision: Revision | undefined;
  readonly events?: readonly SubscriberEvent[];
}

/**
 * Decides commands to subscribers, each of which is a stream of its own, and resolves when the change is on disk and
 * this node's read model of subscribers shows it, so that clients read their own writes. A refusal, too, is told when
 * what it rests on can be read, even if another node wrote it.
 *
 * The same Idempotency-Key with the same command gets the first answer. A command in whose context `dryRun` is set is
 * decided on the newest state, records nothing and is answered as it would be. One in whose context `expectedRevision`
 * is set is refused unless the stream ends there.
 */
export class SubscriberCommands<
  State,
  Command extends { readonly at: number },
  Event extends SubscriberEvent,
> {
  readonly #repository: StreamRepository<State, Event>;
  readonly #mailboxes: StreamMailboxes<State, Event>;

  constructor(
    private readonly kind: SubscriberKind<State, Command, Event>,
    private readonly services: SubscriberServices,
  ) {
    const { store, snapshots } = services;
    this.#repository = new StreamRepository(store, snapshots, kind);
    this.#mailboxes = new StreamMailboxes(store, this.#repository, kind.decider.evolve);
  }

  /**
   * @param stream of the subscriber, which need not be there yet
   * @param build makes the domain command; not called for a repeated Idempotency-Key
   * @throws RegistryError when a rule refuses the command.
   * @throws SubscriberChangedError when no rule does and the stream does not end at the expected revision.
   */
  async execute<Result>(
    stream: string,
    command: ContextualCommand,
    build: () => Timeless<Command> | Promise<Timeless<Command>>,
    answer: SubscriberAnswer<State, Result>,
  ): Promise<Result> {
    const { idempotency, catchingUp } = this.services;
    if (command.context.dryRun === true) return told(answer, await this.#rehearse(stream, command, build));
    const execute = async (unanswered?: UnansweredRequest) => {
      const decided = await this.#decide(stream, command, await build(), unanswered);
      await catchingUp.to(decided.position);
      return decided;
    };
    const recall = async (answered: AnsweredRequest) => {
      await catchingUp.ifPossible();
      const { revision } = answered;
      return { state: await this.#repository.loadAt(answered.stream, revision), revision };
    };
    try {
      return told(answer, await idempotency.once<After<State>>(command, execute, recall));
    } catch (error) {
      if (isRefusal(error)) await catchingUp.ifPossible();
      throw error;
    }
  }

  /** The subscriber with everything that the log holds of it by now. */
  async current(stream: string): Promise<State> {
    return (await this.#repository.refresh(stream)).state;
  }

  #decide(
    stream: string,
    { context }: ContextualCommand,
    command: Timeless<Command>,
    unanswered: UnansweredRequest | undefined,
  ) {
    const envelope = new Envelope(context, this.services.clock.now());
    const { at } = envelope;
    const { decider, nothingChanged } = this.kind;
    return this.#mailboxes.post(stream, {
      decide: (state, revision) => {
        const events = decider.decide(state, timed<Command>(command, at));
        this.#refuseUnlessAt(stream, context.expectedRevision, revision);
        return events.length === 0 && unanswered ? [nothingChanged(at)] : events;
      },
      metadata: ({ last }) => ({ ...envelope.metadata(last ? unanswered?.request : undefined) }),
      searchedUpTo: unanswered?.searchedUpTo,
    });
  }

  async #rehearse(
    stream: string,
    { context }: ContextualCommand,
    build: () => Timeless<Command> | Promise<Timeless<Command>>,
  ): Promise<After<State>> {
    const command = await build();
    const { decider } = this.kind;
    const { state, revision } = await this.#repository.refresh(stream);
    const events = decider.decide(state, timed<Command>(command, this.services.clock.now()));
    this.#refuseUnlessAt(stream, context.expectedRevision, revision);
    return {
      state: events.reduce(decider.evolve, state),
      revision: revision === 'no-stream' ? undefined : revision,
    };
  }

  /** Asked when no rule has refused the command: as HTTP has it, nothing else is wrong with the request then. */
  #refuseUnlessAt(stream: string, expected: Revision | undefined, actual: Revision | 'no-stream'): void {
    if (expected === undefined || expected === actual) return;
    throw new SubscriberChangedError(this.kind.noun, stream, expected, actual);
  }
}

function told<State, Result>(answer: SubscriberAnswer<State, Result>, after: After<State>): Result {
  return answer(after.state, after.revision, after.events);
}

/** The cast says what the types cannot: a command without its time and a time are the command. */
function timed<Command>(command: Timeless<Command>, at: number): Command {
  return { ...command, at } as unknown as Command;
}

function isRefusal(error: unknown): boolean {
  return error instanceof RegistryError && error.code !== 'TEMPORARILY_UNAVAILABLE';
}
