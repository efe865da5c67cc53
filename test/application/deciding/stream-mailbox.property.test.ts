import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Envelope } from '../../../src/application/deciding/envelope.js';
import { RegisteredModels } from '../../../src/application/deciding/registered-models.js';
import type { DecidedModel } from '../../../src/application/deciding/registered-models.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import { modelToSnapshot } from '../../../src/application/history/model-snapshot.js';
import {
  decodeRegisteredModelEvent,
  registeredModelStream,
} from '../../../src/application/history/registered-model-codec.js';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import { decide } from '../../../src/domain/registered-model/decide.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import { HeldUpLog } from '../../support/held-up-log.js';
import { InMemorySnapshots } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { deliverTheRest, incidents, race } from '../../support/race.js';
import type { Incident } from '../../support/race.js';
import { command, noon, promote } from '../../support/registered-model-words.js';
import { context } from '../../support/registry-node.js';

/** How many races each property is tried on. The variable RACES makes it more of them. */
const races = Number(process.env['RACES'] ?? 300);

const store = EmbeddedEventStore.open(':memory:');
afterAll(() => store.close());

const version = fc.integer({ min: 1, max: 3 });
const anyCommand: fc.Arbitrary<RegisteredModelCommand> = fc.oneof(
  fc.constant(command('CreateVersion')),
  version.map((version) => promote(version)),
  fc.record({ version, value: fc.constantFrom('botany', 'zoology') }).map((said) => command('SetTag', said)),
  version.map((version) => command('DeleteTag', { version })),
  version.map((version) => command('SetAlias', { version })),
  fc.constant(command('DeleteAlias')),
  version.map((version) => command('DeleteVersion', { version })),
);
const client = fc.array(anyCommand, { minLength: 1, maxLength: 4 });
const nodes = fc.array(fc.array(client, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 });

interface Asked {
  readonly command: RegisteredModelCommand;
  readonly requestId: string;
  /** How many events the model had when it was asked, and when it was answered. */
  readonly from: number;
  to?: number;
  outcome?: DecidedModel | RegistryError;
}

interface History {
  readonly asked: readonly Asked[];
  /** The model after so many events. */
  readonly states: readonly RegisteredModel[];
  /** The request that each event answers. */
  readonly requestIds: readonly string[];
  readonly trace: readonly string[];
}

/** Several nodes whose clients change the same model, which has one version when the race begins. */
async function runRace(
  nodes: readonly (readonly (readonly RegisteredModelCommand[])[])[],
  incidents: readonly Incident[],
): Promise<History> {
  const log = new HeldUpLog(store);
  const modelId = randomUUID();
  const stream = registeredModelStream(modelId);
  const length = async () => (await all(store.readStream(stream))).length;
  const asked: Asked[] = [];

  const ask = async (models: RegisteredModels, commands: readonly RegisteredModelCommand[]) => {
    for (const command of commands) {
      const from = await length();
      const requestId = `request ${asked.length + 1}`;
      const one: Asked = { command, requestId, from };
      asked.push(one);
      log.trace.push(`  ${requestId} asks: ${JSON.stringify(command)}`);
      try {
        one.outcome = await models.decide(modelId, command, new Envelope(context({ requestId }), noon));
      } catch (error) {
        if (error instanceof RegistryError) one.outcome = error;
        log.trace.push(`  ${requestId} is told: ${String(error)}`);
      }
      one.to = await length();
    }
  };
  const connect = (clients: readonly (readonly RegisteredModelCommand[])[], index: number) => {
    const name = `node ${index + 1}`;
    const models = new RegisteredModels(log.connect(name), new InMemorySnapshots());
    return [name, clients.map((commands) => () => ask(models, commands))] as const;
  };

  const first = new RegisteredModels(store, new InMemorySnapshots());
  await ask(first, [command('RegisterModel'), command('CreateVersion')]);
  await race(log, new Map(nodes.map(connect)), incidents);
  await deliverTheRest(log);

  const states: RegisteredModel[] = [unregistered];
  const requestIds: string[] = [];
  for (const event of await all(store.readStream(stream))) {
    states.push(evolve(states.at(-1) ?? unregistered, decodeRegisteredModelEvent(event)));
    requestIds.push(decodeMetadata(event.metadata).requestId);
  }
  return { asked, states, requestIds, trace: log.trace };
}

describe('commands to one model, whatever the nodes and the network do', () => {
  it.each([
    ['are on record exactly once when they were answered', answersThatTheLogDenies],
    ['are answered with the model as the log has it right after them', answersFromAnotherModel],
    ['are refused, or change nothing, only for a reason that was true meanwhile', reasonsThatWereNeverTrue],
    ['never leave two versions in production when each archives the others', twoInProduction],
  ])(
    '%s',
    async (_, complaintsAbout) => {
      await fc.assert(
        fc.asyncProperty(nodes, incidents, async (nodes, incidents) => {
          const history = await runRace(nodes, incidents);
          const complaints = complaintsAbout(history);
          expect(complaints.length === 0 ? [] : [...complaints, ...history.trace]).toEqual([]);
        }),
        { numRuns: races },
      );
    },
    60_000,
  );
});

function answersThatTheLogDenies({ asked, requestIds }: History): string[] {
  return asked.flatMap(({ requestId, outcome }) => {
    const times = requestIds.filter((id) => id === requestId).length;
    if (outcome === undefined) return [];
    const expected = outcome instanceof RegistryError ? 0 : outcome.events.length;
    return times === expected ? [] : [`${requestId} has ${times} events and was promised ${expected}`];
  });
}

function answersFromAnotherModel({ asked, states }: History): string[] {
  return asked.flatMap(({ requestId, outcome }) => {
    if (outcome === undefined || outcome instanceof RegistryError) return [];
    const { state, revision = -1 } = outcome;
    return same(state, states[revision + 1]) ? [] : [`${requestId} was answered from a model that never was`];
  });
}

function reasonsThatWereNeverTrue({ asked, states }: History): string[] {
  return asked.flatMap(({ command, requestId, outcome, from, to = Infinity }) => {
    if (outcome === undefined || (!(outcome instanceof RegistryError) && outcome.events.length > 0))
      return [];
    const wasTrue = states.slice(from, to + 1).some((state) => comesTo(state, command) === toldBy(outcome));
    return wasTrue ? [] : [`${requestId} was told "${toldBy(outcome)}", which was never so`];
  });
}

function toldBy(outcome: DecidedModel | RegistryError): string {
  return outcome instanceof RegistryError ? outcome.message : 'nothing to change';
}

function comesTo(state: RegisteredModel, command: RegisteredModelCommand): string {
  try {
    return decide(state, command).length === 0 ? 'nothing to change' : 'events';
  } catch (error) {
    return (error as Error).message;
  }
}

function twoInProduction({ states }: History): string[] {
  return states.flatMap((state, length) => {
    if (state.status === 'unregistered') return [];
    const there = [...state.versions].filter(({ stage, deleted }) => stage === 'Production' && !deleted);
    return there.length > 1 ? [`After ${length} events there are ${there.length} in production`] : [];
  });
}

function same(one: RegisteredModel, other: RegisteredModel | undefined): boolean {
  return other !== undefined && text(one) === text(other);
}

function text(model: RegisteredModel): string {
  return JSON.stringify(modelToSnapshot(model));
}
