import { ModelDirectory } from '../../src/application/deciding/model-directory.js';
import type { NameClaims } from '../../src/application/deciding/name-claims.js';
import { decodeMetadata } from '../../src/application/history/event-metadata.js';
import {
  decodeRegisteredModelEvent,
  modelIdOf,
  registeredModelPrefix,
} from '../../src/application/history/registered-model-codec.js';
import type { EventStore, Position } from '../../src/application/ports/event-store.js';
import { assertNever } from '../../src/domain/decider.js';
import { evolve } from '../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../src/domain/registered-model/registered-model.js';
import { RegistryError } from '../../src/domain/registry-error.js';
import { HeldUpLog } from './held-up-log.js';
import { all } from './log-events.js';
import { deliverTheRest, race } from './race.js';
import type { Incident } from './race.js';
import { RegistryNode, context } from './registry-node.js';

/** What a client asks for. Names are short: each race puts its own mark before them. */
export type NameCommand =
  | { readonly type: 'register'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly newName: string }
  | { readonly type: 'delete'; readonly name: string }
  /** Of what was last deleted under the name; nothing is asked for when nothing was. */
  | { readonly type: 'restore'; readonly name: string };

export const allNames = ['a', 'b', 'c'];

export interface NameRacePlan {
  /** The names that models have when the race begins. */
  readonly taken: readonly string[];
  /** For each node, for each of its clients, what it asks one after the other. */
  readonly nodes: readonly (readonly (readonly NameCommand[])[])[];
  readonly incidents: readonly Incident[];
}

export interface Asked {
  readonly command: NameCommand;
  readonly requestId: string;
  readonly node: string;
  /** The stream of the model that is to be restored. */
  readonly stream?: string;
  /** Where the log ended when it was asked. */
  readonly from: Position;
  /** Where the log ended when it was answered; undefined when it never was. */
  to?: Position;
  /** Undefined: the client does not know whether the command was executed. */
  outcome?: 'done' | RegistryError;
}

/** Who had which name after one event: streams of live models by name. */
export interface Moment {
  readonly position: Position;
  readonly holders: ReadonlyMap<string, readonly string[]>;
}

/** What came of a race, read from the log. */
export interface NameRaceHistory {
  readonly asked: readonly Asked[];
  readonly moments: readonly Moment[];
  /** Of every event in a model's stream: its type and the request that it answers. */
  readonly recorded: readonly { readonly type: string; readonly requestId: string }[];
  /** What happened, step by step, for whoever has to understand a failure. */
  readonly trace: readonly string[];
}

/**
 * Runs several nodes whose clients want the same few names. When each client has been answered or is dead, a newcomer
 * that nothing holds up wants every name; and only then arrives what is still on its way.
 */
export async function runNameRace(store: EventStore, plan: NameRacePlan): Promise<NameRaceHistory> {
  return new NameRace(store).run(plan);
}

let races = 0;

class NameRace {
  readonly #mark = `race${(races += 1)}-`;
  readonly #log: HeldUpLog;
  readonly #asked: Asked[] = [];
  #start: Position = 0;

  constructor(private readonly store: EventStore) {
    this.#log = new HeldUpLog(store);
  }

  async run({ taken, nodes, incidents }: NameRacePlan): Promise<NameRaceHistory> {
    const start = await this.store.head();
    this.#start = start;
    await this.#ask('forerunner', nodeCalled('forerunner', this.store), taken.map(registering));
    const clients = nodes.map((clients, index) => this.#connect(`node ${index + 1}`, clients));
    await race(this.#log, new Map(clients), incidents);
    await this.#ask('newcomer', nodeCalled('newcomer', this.store), allNames.map(registering));
    await deliverTheRest(this.#log);
    return { ...(await this.#read(start)), asked: this.#asked, trace: this.#log.trace };
  }

  #connect(name: string, clients: readonly (readonly NameCommand[])[]) {
    const node = nodeCalled(name, this.#log.connect(name));
    return [name, clients.map((commands) => () => this.#ask(name, node, commands))] as const;
  }

  async #ask(name: string, node: RegistryNode, commands: readonly NameCommand[]): Promise<void> {
    for (const command of commands) {
      const from = await this.store.head();
      const stream = command.type === 'restore' ? await this.#deletedAs(command.name) : undefined;
      if (command.type === 'restore' && stream === undefined) continue;
      const requestId = `${name}/${this.#asked.length + 1}`;
      const asked: Asked = { command, requestId, node: name, from, ...(stream && { stream }) };
      this.#asked.push(asked);
      this.#log.trace.push(`  ${requestId} asks: ${Object.values(command).join(' ')}`);
      try {
        await this.#execute(node, command, requestId, stream);
        asked.outcome = 'done';
      } catch (error) {
        if (error instanceof RegistryError) asked.outcome = error;
        this.#log.trace.push(`  ${requestId} is told: ${String(error)}`);
      }
      asked.to = await this.store.head();
    }
  }

  #execute({ commands }: RegistryNode, command: NameCommand, requestId: string, stream = ''): Promise<void> {
    const request = { context: context({ requestId }) };
    const name = this.#mark + command.name;
    switch (command.type) {
      case 'register':
        return commands.register(request, { name, description: '', tags: [] }, nothing);
      case 'rename':
        return commands.rename(request, { name, newName: this.#mark + command.newName }, nothing);
      case 'delete':
        return commands.execute(request, () => ({ type: 'DeleteModel', name }), nothing);
      case 'restore':
        return commands.restore({ ...request, modelId: modelIdOf(stream) }, nothing);
      default:
        return assertNever(command);
    }
  }

  async #read(start: Position): Promise<Pick<NameRaceHistory, 'moments' | 'recorded'>> {
    const models = new Map<string, RegisteredModel>();
    const moments: Moment[] = [{ position: start, holders: new Map() }];
    const recorded: { type: string; requestId: string }[] = [];
    const filter = { streamPrefixes: [registeredModelPrefix] };
    for (const event of await all(this.store.readAll({ from: start + 1, filter }))) {
      const model = models.get(event.stream) ?? unregistered;
      models.set(event.stream, evolve(model, decodeRegisteredModelEvent(event)));
      recorded.push({ type: event.type, requestId: decodeMetadata(event.metadata).requestId });
      moments.push({ position: event.position, holders: this.#holders(models) });
    }
    return { moments, recorded };
  }

  async #deletedAs(name: string): Promise<string | undefined> {
    const filter = { streamPrefixes: [registeredModelPrefix] };
    const events = await all(this.store.readAll({ from: this.#start + 1, filter }));
    const deletion = events.findLast(
      ({ type, data }) => type === 'ModelDeleted' && data['name'] === this.#mark + name,
    );
    return deletion?.stream;
  }

  #holders(models: ReadonlyMap<string, RegisteredModel>): ReadonlyMap<string, readonly string[]> {
    const holders = new Map<string, string[]>();
    for (const [stream, model] of models) {
      if (model.status !== 'live') continue;
      const name = model.name.slice(this.#mark.length);
      holders.set(name, [...(holders.get(name) ?? []), stream]);
    }
    return holders;
  }
}

function nothing(): void {}

function registering(name: string): NameCommand {
  return { type: 'register', name };
}

const directories = new Map<string, { directory: ModelDirectory; claims: NameClaims }>();

/** A directory takes long to make, so the nodes of all races share theirs by name. No name is in two races. */
function nodeCalled(node: string, store: EventStore): RegistryNode {
  return new RegistryNode(store, undefined, undefined, (claims) => {
    const known = directories.get(node) ?? newDirectory(claims);
    directories.set(node, known);
    known.claims = claims;
    return known.directory;
  });
}

function newDirectory(claims: NameClaims): { directory: ModelDirectory; claims: NameClaims } {
  const made = {
    claims,
    directory: new ModelDirectory({ holderOf: (name) => made.claims.holderOf(name) } as NameClaims),
  };
  return made;
}
