import type { RegisteredModelCommand } from '../../domain/registered-model/commands.js';
import { registeredModelDecider } from '../../domain/registered-model/decider.js';
import type { RegisteredModelEvent } from '../../domain/registered-model/events.js';
import type { RegisteredModel } from '../../domain/registered-model/registered-model.js';
import { modelFromSnapshot, modelToSnapshot } from '../history/model-snapshot.js';
import { decodeRegisteredModelEvent, registeredModelStream } from '../history/registered-model-codec.js';
import type { EventStore, Revision } from '../ports/event-store.js';
import type { SnapshotStore } from '../ports/snapshot-store.js';
import type { Envelope } from './envelope.js';
import type { UnansweredRequest } from './idempotency.js';
import type { Decided } from './stream-mailbox.js';
import { StreamMailboxes } from './stream-mailboxes.js';
import { StreamRepository } from './stream-repository.js';
import type { StreamKind } from './stream-repository.js';

export type DecidedModel = Decided<RegisteredModel, RegisteredModelEvent>;

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
   * @param unanswered the request with an Idempotency-Key that this command answers; it leaves a trace in any case
   * @throws RegistryError when a rule refuses the command.
   * @throws OvertakenError when the request may have been answered elsewhere.
   */
  decide(
    modelId: string,
    command: Timeless<RegisteredModelCommand>,
    envelope: Envelope,
    unanswered?: UnansweredRequest,
  ): Promise<DecidedModel> {
    const { at } = envelope;
    const timed: RegisteredModelCommand = { ...command, at };
    return this.mailboxes.post(registeredModelStream(modelId), {
      decide: (model) => {
        const events = registeredModelDecider.decide(model, timed);
        return events.length === 0 && unanswered ? [{ type: 'NothingChanged', data: {}, at }] : events;
      },
      metadata: ({ last }) => ({ ...envelope.metadata(last ? unanswered?.request : undefined) }),
      searchedUpTo: unanswered?.searchedUpTo,
    });
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
