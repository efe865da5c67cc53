import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import * as fc from 'fast-check';
import { DeleteModel, DeleteModelHandler } from '../../../src/application/commands/delete-model.js';
import { DeleteVersion, DeleteVersionHandler } from '../../../src/application/commands/delete-version.js';
import { RegisterModel, RegisterModelHandler } from '../../../src/application/commands/register-model.js';
import { RenameModel, RenameModelHandler } from '../../../src/application/commands/rename-model.js';
import { RestoreModel, RestoreModelHandler } from '../../../src/application/commands/restore-model.js';
import { RestoreVersion, RestoreVersionHandler } from '../../../src/application/commands/restore-version.js';
import { RollBack, RollBackHandler } from '../../../src/application/commands/roll-back.js';
import { SetTag, SetTagHandler } from '../../../src/application/commands/set-tag.js';
import {
  TransitionStage,
  TransitionStageHandler,
} from '../../../src/application/commands/transition-stage.js';
import { CreateVersion, CreateVersionHandler } from '../../../src/application/commands/create-version.js';
import type { CommandContext, Outcome } from '../../../src/application/deciding/command-context.js';
import { CommandPlanner } from '../../../src/application/deciding/command-planner.js';
import type { Plan } from '../../../src/application/deciding/command-planner.js';
import { ModelChangedError } from '../../../src/application/deciding/model-changed-error.js';
import type { SourceResolver } from '../../../src/application/sources/source-resolver.js';
import type { RegisteredModelEvent } from '../../../src/domain/registered-model/events.js';
import { stages } from '../../../src/domain/registered-model/stage.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog } from '../../support/watched-log.js';

type AnyCommand =
  | RegisterModel
  | RenameModel
  | DeleteModel
  | RestoreModel
  | CreateVersion
  | DeleteVersion
  | RestoreVersion
  | TransitionStage
  | RollBack
  | SetTag;

/** A command that waits for its context; restoring also for the id of the model that was registered first. */
type Wish = (context: CommandContext, firstId: string) => AnyCommand;

let log: WatchedLog;
let bus: CommandBus;
let planner: CommandPlanner;
let firstId: string;

beforeEach(() => startAfresh());
afterEach(() => log.close());

function startAfresh(): void {
  log = new WatchedLog();
  bus = busOf(new RegistryNode(log));
  planner = new CommandPlanner(bus);
  firstId = '00000000-0000-4000-8000-000000000000';
}

function busOf({ commands }: RegistryNode): CommandBus {
  const sources = {
    resolve: async () => ({ source: 's3://b/p', storageLocation: null, runId: '', loggedModelId: null }),
  } as unknown as SourceResolver;
  const handlers = new Map<unknown, { execute(command: never): Promise<unknown> }>([
    [RegisterModel, new RegisterModelHandler(commands)],
    [RenameModel, new RenameModelHandler(commands)],
    [DeleteModel, new DeleteModelHandler(commands)],
    [RestoreModel, new RestoreModelHandler(commands)],
    [CreateVersion, new CreateVersionHandler(commands, sources)],
    [DeleteVersion, new DeleteVersionHandler(commands)],
    [RestoreVersion, new RestoreVersionHandler(commands)],
    [TransitionStage, new TransitionStageHandler(commands)],
    [RollBack, new RollBackHandler(commands)],
    [SetTag, new SetTagHandler(commands)],
  ]);
  const execute = (command: object) => handlers.get(command.constructor)?.execute(command as never);
  return { execute } as unknown as CommandBus;
}

const registering: Wish = (asker) => new RegisterModel('iris', '', [], asker);
const creating: Wish = (asker) => {
  const rest = { source: 's3://b/p', runId: '', runLink: '', loggedModelId: null, description: '', tags: [] };
  return new CreateVersion({ name: 'iris', ...rest }, asker);
};

function moving(version: number, stage = 'Production', archive = true): Wish {
  return (asker) => new TransitionStage('iris', String(version), stage, archive, null, asker);
}

/** What a command really came to, in the form of a plan. */
async function done(wish: Wish, about: Partial<CommandContext> = {}): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const asker = context({ ...about, onOutcome: (outcome) => outcomes.push(outcome) });
  await bus.execute(wish(asker, firstId));
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('Nothing came of it');
  if (outcome.events?.some(({ type }) => type === 'ModelRegistered')) firstId = outcome.modelId;
  return outcome;
}

function plan(wish: Wish, about: Partial<CommandContext> = {}): Promise<Plan> {
  return planner.plan(context(about), (asker) => wish(asker, firstId));
}

describe('a plan', () => {
  it('says what would be appended, and which versions would be archived', async () => {
    for (const wish of [registering, creating, creating, moving(1)]) await done(wish);
    expect(await plan(moving(2))).toMatchObject({
      events: [
        { type: 'StageTransitioned', data: { version: 1, to: 'Archived', inFavourOf: 2 } },
        { type: 'StageTransitioned', data: { version: 2, to: 'Production' } },
      ],
      archived: [1],
      revision: 3,
    });
  });

  it('says nothing of what would change nothing', async () => {
    const tagging: Wish = (asker) => new SetTag('iris', null, 'team', 'botany', asker);
    for (const wish of [registering, tagging]) await done(wish);
    expect(await plan(tagging)).toMatchObject({ events: [], archived: [], revision: 1 });
  });

  it.each<[string, Wish, string]>([
    ['a rule refuses', moving(9), 'Model Version (name=iris, version=9) not found'],
    ['is no request at all', moving(1, 'Prod'), 'Invalid Model Version stage: Prod.'],
    ['takes a name that is taken', registering, 'Registered Model (name=iris) already exists.'],
  ])('says why, of what %s', async (_, wish, message) => {
    await done(registering);
    const planned = await plan(wish);
    expect('refusal' in planned && planned.refusal.message).toContain(message);
  });

  it('appends nothing, claims nothing, and puts no refusal on record', async () => {
    await done(registering);
    const head = await log.head();
    await plan(moving(1, 'Prod'));
    await plan(registering);
    await plan((asker) => new RegisterModel('lily', '', [], asker));
    await plan((asker) => new RenameModel('iris', 'lily', asker));
    await plan((asker) => new DeleteModel('iris', asker));
    expect(await log.head()).toBe(head);
    expect(log.appends).toHaveLength(2);
  });

  it('is made of the newest state, also of what other nodes have written', async () => {
    for (const wish of [registering, creating]) await done(wish);
    const other = busOf(new RegistryNode(log.log));
    await other.execute(creating(context(), ''));
    expect(await plan(moving(2))).toMatchObject({ revision: 2 });
  });

  it('is kept, or refused, when the command expects the revision on which it was made', async () => {
    for (const wish of [registering, creating, creating, moving(1)]) await done(wish);
    const planned = await plan(moving(2));
    const expectedRevision = 'revision' in planned ? (planned.revision ?? -1) : -1;
    await done(moving(1, 'Staging', false));
    await expect(done(moving(2), { expectedRevision })).rejects.toEqual(
      new ModelChangedError(firstId, expectedRevision, expectedRevision + 1),
    );
    expect(await plan(moving(2), { expectedRevision })).toMatchObject({
      refusal: { code: 'PRECONDITION_FAILED' },
    });
  });

  it('is made afresh although the same Idempotency-Key was answered', async () => {
    for (const wish of [registering, creating]) await done(wish);
    const key = { idempotencyKey: 'key-1' };
    await done(moving(1), key);
    expect(await plan(moving(1, 'Staging'), key)).toMatchObject({ events: [{ type: 'StageTransitioned' }] });
  });
});

const name = fc.constantFrom('iris', 'lily');
const version = fc.constantFrom('1', '2', '3');
const anyWish: fc.Arbitrary<Wish> = fc.oneof(
  name.map(
    (said): Wish =>
      (asker) =>
        new RegisterModel(said, '', [], asker),
  ),
  fc.tuple(name, name).map(
    ([from, to]): Wish =>
      (asker) =>
        new RenameModel(from, to, asker),
  ),
  name.map(
    (said): Wish =>
      (asker) =>
        new DeleteModel(said, asker),
  ),
  fc.constant<Wish>((asker, id) => new RestoreModel(id, asker)),
  { weight: 3, arbitrary: fc.constant(creating) },
  fc.tuple(name, version).map(
    ([said, number]): Wish =>
      (asker) =>
        new DeleteVersion(said, number, asker),
  ),
  fc.tuple(name, version).map(
    ([said, number]): Wish =>
      (asker) =>
        new RestoreVersion(said, number, asker),
  ),
  {
    weight: 5,
    arbitrary: fc.tuple(name, version, fc.constantFrom(...stages, 'Prod'), fc.boolean()).map(
      ([said, number, stage, archive]): Wish =>
        (asker) =>
          new TransitionStage(said, number, stage, archive, null, asker),
    ),
  },
  name.map(
    (said): Wish =>
      (asker) =>
        new RollBack(said, 'Production', null, asker),
  ),
  fc.tuple(name, version).map(
    ([said, number]): Wish =>
      (asker) =>
        new SetTag(said, number, 'team', 'botany', asker),
  ),
);

it('a plan is what is done, whatever happened before', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(anyWish, { maxLength: 30, size: 'max' }), async (wishes) => {
        await done(registering);
        for (const wish of wishes) {
          const head = await log.head();
          const planned = await plan(wish);
          expect(await log.head()).toBe(head);
          expect(told(planned)).toEqual(await outcomeOf(wish));
        }
      })
      .beforeEach(startAfresh),
    { numRuns: 100 },
  );
});

function told(plan: Plan): unknown {
  return 'refusal' in plan ? plan.refusal.message : plan.events.map(withoutClaim);
}

async function outcomeOf(wish: Wish): Promise<unknown> {
  try {
    return (await done(wish)).events?.map(withoutClaim);
  } catch (error) {
    if (error instanceof RegistryError) return error.message;
    throw error;
  }
}

/** The id of a claim is made when there is one. */
function withoutClaim({ type, data }: RegisteredModelEvent): unknown {
  return { type, data: 'claimId' in data && data.claimId !== null ? { ...data, claimId: 'claimed' } : data };
}
