import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ContextualCommand } from '../../src/application/deciding/idempotency.js';
import { ModelDirectory } from '../../src/application/deciding/model-directory.js';
import type { NameClaims } from '../../src/application/deciding/name-claims.js';
import { decodeMetadata } from '../../src/application/history/event-metadata.js';
import {
  decodeRegisteredModelEvent,
  registeredModelPrefix,
} from '../../src/application/history/registered-model-codec.js';
import type { EventStore, Position } from '../../src/application/ports/event-store.js';
import { evolve } from '../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../src/domain/registered-model/registered-model.js';
import { RegistryError } from '../../src/domain/registry-error.js';
import { HeldUpLog } from './held-up-log.js';
import { all } from './log-events.js';
import { RegistryNode, context } from './registry-node.js';

/** What a client asks for. Names are short: each race puts its own mark before them. */
export type NameCommand =
  | { readonly type: 'register'; readonly name: string }
  | { readonly type: 'rename'; readonly name: string; readonly newName: string }
  | { readonly type: 'delete'; readonly name: string };

/** What happens to one of the messages between nodes and log. */
export interface Incident {
  /** Which of those that are on their way, counted round and round. */
  readonly message: number;
  readonly fate: 'arrives' | 'fails' | 'kills its node';
}

export interface RacePlan {
  /** The names that models have when the race begins. */
  readonly taken: readonly string[];
  /** For each node, for each of its clients, what it asks one after the other. */
  readonly nodes: readonly (readonly (readonly NameCommand[])[])[];
  /** When they are used up, the oldest message arrives first and nothing fails any more. */
  readonly incidents: readonly Incident[];
}

export interface Asked {
  readonly command: NameCommand;
  readonly requestId: string;
  /** Where the log ended when it was asked. */
  readonly from: Position;
  /** Where the log ended when it was answered; undefined when it never was. */
  to?: Position;
  /** Undefined: it is not known whether the command was executed. */
  outcome?: 'done' | RegistryError;
}

/** Who had which name after one event: ids of live models by name. */
interface Moment {
  readonly position: Position;
  readonly holders: ReadonlyMap<string, readonly string[]>;
}

/** What came of a race, read from the log. */
export interface RaceHistory {
  readonly asked: readonly Asked[];
  readonly moments: readonly Moment[];
  /** Of every event in a model's stream: its type and the request that it answers. */
  readonly recorded: readonly { readonly type: string; readonly requestId: string }[];
  readonly trace: readonly string[];
}

export const allNames = ['a', 'b', 'c'];
const mostSteps = 5_000;
let races = 0;

/** Several nodes with several clients each want the same few names, over one log that a plan holds up. */
export class NameRace {
  readonly #mark = `race${(races += 1)}-`;
  readonly #log: HeldUpLog;
  readonly #asked: Asked[] = [];
  readonly #busy = new Map<string, number>();

  private constructor(
    private readonly store: EventStore,
    private readonly plan: RacePlan,
  ) {
    this.#log = new HeldUpLog(store);
  }

  /**
   * Runs until every client has been answered or is dead. Then a new node comes, which nothing holds up, and wants every
   * name; and only then arrives what is still on its way.
   */
  static async run(store: EventStore, plan: RacePlan): Promise<RaceHistory> {
    return new NameRace(store, plan).#run();
  }

  async #run(): Promise<RaceHistory> {
    const start = await this.store.head();
    await this.#ask('forerunner', raceNode('forerunner', this.store), this.plan.taken.map(registering));
    this.plan.nodes.forEach((clients, index) => this.#start(`node ${index + 1}`, clients));
    await this.#settle();
    const incidents = this.plan.incidents.values();
    for (let step = 0; this.#log.mattersToSomebody; step += 1) {
      if (step === mostSteps) throw new Error(`The race never ends:\n${this.#log.trace.slice(-100).join('\n')}`);
      await this.#suffer(incidents.next().value);
      await this.#settle();
    }
    await this.#ask('newcomer', raceNode('newcomer', this.store), allNames.map(registering));
    while (this.#log.underway > 0) await this.#log.pass(0);
    return { ...(await this.#read(start)), asked: this.#asked, trace: this.#log.trace };
  }

  #start(name: string, clients: readonly (readonly NameCommand[])[]): void {
    const node = raceNode(name, this.#log.connect(name));
    this.#busy.set(name, clients.length);
    for (const commands of clients) void this.#ask(name, node, commands);
  }

  async #ask(nodeName: string, node: RegistryNode, commands: readonly NameCommand[]): Promise<void> {
    for (const command of commands) {
      const from = await this.store.head();
      const requestId = `${nodeName}/${this.#asked.length + 1}`;
      const asked: Asked = { command, requestId, from };
      this.#asked.push(asked);
      this.#log.trace.push(`  ${requestId} asks: ${Object.values(command).join(' ')}`);
      try {
        await execute(node, command, { context: context({ requestId }) }, this.#mark);
        asked.outcome = 'done';
      } catch (error) {
        if (error instanceof RegistryError) asked.outcome = error;
        this.#log.trace.push(`  ${requestId} is told: ${String(error)}`);
      }
      asked.to = await this.store.head();
    }
    this.#busy.set(nodeName, (this.#busy.get(nodeName) ?? 0) - 1);
  }

  async #suffer(incident: Incident | undefined): Promise<void> {
    const index = (incident?.message ?? 0) % this.#log.underway;
    const fate = incident && this.#log.matters(index) ? incident.fate : 'arrives';
    if (fate === 'arrives') await this.#log.pass(index);
    else if (fate === 'fails') this.#log.fail(index);
    else this.#log.kill(index);
  }

  /** Waits until every node either waits for the log, has nothing left to do or is dead. */
  async #settle(): Promise<void> {
    do {
      await nextTurn();
      await nextTurn();
    } while ([...this.#busy].some(([node, clients]) => clients > 0 && this.#mustBeThinking(node)));
  }

  #mustBeThinking(node: string): boolean {
    return !this.#log.isWaiting(node) && !this.#log.isDead(node);
  }

  async #read(start: Position): Promise<Pick<RaceHistory, 'moments' | 'recorded'>> {
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

const directories = new Map<string, { directory: ModelDirectory; claims: NameClaims }>();

/** A directory takes long to make, so the nodes of all races share them. No name is in two races. */
function raceNode(name: string, store: EventStore): RegistryNode {
  return new RegistryNode(store, undefined, undefined, (claims) => {
    const known = directories.get(name);
    if (known) known.claims = claims;
    else {
      const made = { claims, directory: new ModelDirectory({ holderOf: (name) => made.claims.holderOf(name) } as NameClaims) };
      directories.set(name, made);
      return made.directory;
    }
    return known.directory;
  });
}

function registering(name: string): NameCommand {
  return { type: 'register', name };
}

function execute(
  node: RegistryNode,
  command: NameCommand,
  asker: ContextualCommand,
  mark: string,
): Promise<void> {
  const name = mark + command.name;
  const answer = () => {};
  switch (command.type) {
    case 'register':
      return node.commands.register(asker, { name, description: '', tags: [] }, answer);
    case 'rename':
      return node.commands.rename(asker, { name, newName: mark + command.newName }, answer);
    case 'delete':
      return node.commands.execute(asker, () => ({ type: 'DeleteModel', name }), answer);
  }
}
