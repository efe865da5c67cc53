import type { RegisteredModelCommand } from '../../domain/registered-model/commands.js';
import { registeredModelDecider } from '../../domain/registered-model/decider.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { modelFromSnapshot, modelToSnapshot } from '../history/model-snapshot.js';
import { decodeRegisteredModelEvent, registeredModelStream } from '../history/registered-model-codec.js';
import type { EventStore, ExpectedRevision, Revision } from '../ports/event-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { Envelope } from './envelope.js';
import type { UnansweredRequest } from './idempotency.js';
import { ModelChangedError } from './model-changed-error.js';
import type { Decided } from './stream-mailbox.js';
import { StreamMailboxes } from './stream-mailboxes.js';
import { StreamRepository } from './stream-repository.js';
import type { StreamKind } from './stream-repository.js';

/** What a command on a model came to. */
export interface DecidedModel extends Decided<RegisteredModel, RegisteredModelEvent> {
  readonly modelId: string;
}

/** On what else than the model it depends whether a command is executed. */
export interface Conditions {
  /** The request with an Idempotency-Key that the command answers; it leaves a trace in any case. */
  readonly unanswered?: UnansweredRequest | undefined;
  /** The revision at which the model's stream ends if nothing has happened since the client looked. */
  readonly expectedRevision?: Revision | undefined;
  /** The model that the client looked at, if it says so. */
  readonly expectedModelId?: string | undefined;
}

/** A command before its time is known. */
export type Timeless<Command> = Command extends unknown ? Omit<Command, 'at'> : never;

const registeredModelStreams: StreamKind<RegisteredModel, RegisteredModelEvent> = {
  decider: registeredModelDecider,
  decode: decodeRegisteredModelEvent,
  weightOf: (model) => 1 + (model.status === 'unregistered' ? 0 : model.versions.highestNumber),
  toSnapshot: modelToSnapshot,
  fromSnapshot: modelFromSnapshot,
};

/** The registered models by their immutable ids: where commands to them are decided. */
export class RegisteredModels {
  readonly #repository: StreamRepository<RegisteredModel, RegisteredModelEvent>;
  readonly mailboxes: StreamMailboxes<RegisteredModel, RegisteredModelEvent>;

  constructor(store: EventStore, snapshots: SnapshotStore) {
    this.#repository = new StreamRepository(store, snapshots, registeredModelStreams);
    this.mailboxes = new StreamMailboxes(store, this.#repository, registeredModelDecider.evolve);
  }

  /**
   * Decides a command on a model and resolves when its events are on disk.
   *
   * @throws RegistryError when a rule refuses the command.
   * @throws ModelChangedError when no rule does and the model is not at the expected revision.
   * @throws OvertakenError when the request may have been answered elsewhere.
   */
  async decide(
    modelId: string,
    command: Timeless<RegisteredModelCommand>,
    envelope: Envelope,
    conditions: Conditions = {},
  ): Promise<DecidedModel> {
    const { at } = envelope;
    const { unanswered } = conditions;
    const decided = await this.mailboxes.post(registeredModelStream(modelId), {
      decide: (model, revision) => {
        const events = registeredModelDecider.decide(model, { ...command, at });
        refuseUnlessAt(conditions, modelId, revision);
        return events.length === 0 && unanswered ? [{ type: 'NothingChanged', data: {}, at }] : events;
      },
      metadata: ({ last }) => ({ ...envelope.metadata(last ? unanswered?.request : undefined) }),
      searchedUpTo: unanswered?.searchedUpTo,
    });
    return { ...decided, modelId };
  }

  /**
   * What {@link decide} would come to now, on everything that the log holds. Nothing is recorded: `revision` is the one
   * on which it was decided, and there is nothing to wait for.
   */
  async rehearse(
    modelId: string,
    command: Timeless<RegisteredModelCommand>,
    at: number,
    conditions: Conditions = {},
  ): Promise<DecidedModel> {
    const { state, revision } = await this.#repository.refresh(registeredModelStream(modelId));
    const events = registeredModelDecider.decide(state, { ...command, at });
    refuseUnlessAt(conditions, modelId, revision);
    return {
      modelId,
      state: events.reduce(registeredModelDecider.evolve, state),
      events,
      revision: revision === 'no-stream' ? undefined : revision,
      position: 0,
    };
  }

  /** The model with everything that the log holds of it by now. */
  async current(modelId: string): Promise<RegisteredModel> {
    return (await this.#repository.refresh(registeredModelStream(modelId))).state;
  }

  /** The model as it was right after the event at `revision` of its stream. */
  asOf(stream: string, revision: Revision): Promise<RegisteredModel> {
    return this.#repository.loadAt(stream, revision);
  }
}

/** Asked when no rule has refused the command: as HTTP has it, nothing else is wrong with the request then. */
function refuseUnlessAt(
  { expectedRevision, expectedModelId }: Conditions,
  modelId: string,
  revision: ExpectedRevision,
): void {
  if (expectedModelId !== undefined && expectedModelId !== modelId)
    throw new ModelChangedError(modelId, 'no-stream', revision);
  if (expectedRevision !== undefined && expectedRevision !== revision)
    throw new ModelChangedError(modelId, expectedRevision, revision);
}
