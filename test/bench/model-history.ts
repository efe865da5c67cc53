import { randomUUID } from 'node:crypto';
import { Envelope } from '../../src/application/deciding/envelope.js';
import type { Timeless } from '../../src/application/deciding/registered-models.js';
import { modelNameStream } from '../../src/application/history/model-name-codec.js';
import { registeredModelStream } from '../../src/application/history/registered-model-codec.js';
import type {
  EventStore,
  ExpectedRevision,
  JsonObject,
  NewEvent,
} from '../../src/application/ports/event-store.js';
import { modelNameDecider } from '../../src/domain/model-name/model-name.js';
import type { ModelName, ModelNameCommand } from '../../src/domain/model-name/model-name.js';
import type { RegisteredModelCommand } from '../../src/domain/registered-model/commands.js';
import { registeredModelDecider } from '../../src/domain/registered-model/decider.js';
import type { Tag } from '../../src/domain/registered-model/events.js';
import { unregistered } from '../../src/domain/registered-model/registered-model.js';
import type { ModelContents, RegisteredModel } from '../../src/domain/registered-model/registered-model.js';

/** Events that go to a stream together, after those that are there. */
export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

type Nameless<Command> = Command extends unknown ? Omit<Command, 'name'> : never;

/** A command on the model that the history is of, under whatever name it has. */
export type OwnCommand = Nameless<
  Timeless<Exclude<RegisteredModelCommand, { type: 'RegisterModel' | 'RenameModel' | 'ForfeitNameClaim' }>>
>;

/**
 * The life of a model as events. Nobody else ever has the names that it has. The domain's own rules decide it, so it is one that could
 * have been.
 */
export class ModelHistory {
  readonly #id = randomUUID();
  #model: RegisteredModel = unregistered;
  #revision = -1;
  #claim: ModelName = modelNameDecider.initialState;

  /** What the model is after what has happened so far. */
  get contents(): ModelContents {
    if (this.#model.status === 'unregistered') throw new Error('The model has not been registered');
    return this.#model;
  }

  *register(name: string, tags: readonly Tag[], at: number): Iterable<Append> {
    const claimId = randomUUID();
    yield this.#claimName(name, claimId, at);
    yield this.#decide({ type: 'RegisterModel', name, claimId, description: '', tags }, at);
  }

  *rename(newName: string, at: number): Iterable<Append> {
    const { name } = this.contents;
    const old = this.#claim;
    const claimId = randomUUID();
    this.#claim = modelNameDecider.initialState;
    yield this.#claimName(newName, claimId, at);
    yield this.#decide({ type: 'RenameModel', name, newName, claimId }, at);
    yield this.#releaseName(name, old, at);
  }

  /** Nothing can happen to the model after this. */
  *delete(at: number): Iterable<Append> {
    const { name } = this.contents;
    yield this.#decide({ type: 'DeleteModel', name }, at);
    yield this.#releaseName(name, this.#claim, at);
  }

  do(command: OwnCommand, at: number): Append {
    return this.#decide({ ...command, name: this.contents.name }, at);
  }

  #decide(command: Timeless<RegisteredModelCommand>, at: number): Append {
    const events = registeredModelDecider.decide(this.#model, { ...command, at });
    const expected = this.#revision < 0 ? 'no-stream' : this.#revision;
    this.#model = events.reduce(registeredModelDecider.evolve, this.#model);
    this.#revision += events.length;
    return { stream: registeredModelStream(this.#id), expected, events: drafts(events, at) };
  }

  #claimName(name: string, claimId: string, at: number): Append {
    const claim = { type: 'ClaimName', name, modelId: this.#id, claimId, supersedes: null } as const;
    const append = decideName(this.#claim, claim, at);
    this.#claim = { status: 'claimed', modelId: this.#id, claimId };
    return append;
  }

  #releaseName(name: string, claim: ModelName, at: number): Append {
    const claimId = claim.status === 'claimed' ? claim.claimId : '';
    return decideName(claim, { type: 'ReleaseName', name, claimId }, at);
  }
}

const appendsAtOnce = 1_000;

/** Writes appends in their order, many with one sync to disk. */
export async function write(store: EventStore, appends: Iterable<Append>): Promise<void> {
  let pending: Promise<unknown>[] = [];
  for (const { stream, expected, events } of appends) {
    pending.push(store.append(stream, expected, events));
    if (pending.length < appendsAtOnce) continue;
    await Promise.all(pending);
    pending = [];
  }
  await Promise.all(pending);
}

function decideName(state: ModelName, command: ModelNameCommand, at: number): Append {
  const events = modelNameDecider.decide(state, command);
  const expected = command.type === 'ClaimName' ? 'no-stream' : 0;
  return { stream: modelNameStream(command.name), expected, events: drafts(events, at) };
}

function drafts(events: readonly { readonly type: string; readonly data: object }[], at: number): NewEvent[] {
  const metadata = { ...envelope(at).metadata() };
  return events.map(({ type, data }) => ({ id: randomUUID(), type, data: data as JsonObject, metadata }));
}

function envelope(at: number): Envelope {
  const requestId = randomUUID();
  return new Envelope(
    {
      actor: { type: 'user', id: 'ada@example.com', authentication: 'basic-unverified' },
      client: { address: '10.0.17.4', userAgent: 'mlflow-python-client/3.17.2 Python/3.11.9' },
      requestId,
      correlationId: requestId,
    },
    at,
  );
}
