import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CreateVersion } from '../../../src/application/commands/create-version.js';
import { DeleteModel, DeleteModelHandler } from '../../../src/application/commands/delete-model.js';
import { RegisterModel, RegisterModelHandler } from '../../../src/application/commands/register-model.js';
import { RenameModel, RenameModelHandler } from '../../../src/application/commands/rename-model.js';
import { RollBack, RollBackHandler } from '../../../src/application/commands/roll-back.js';
import {
  TransitionStage,
  TransitionStageHandler,
} from '../../../src/application/commands/transition-stage.js';
import type { CommandContext } from '../../../src/application/deciding/command-context.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import {
  decodeRefusedCommand,
  refusedCommandPrefix,
  refusedCommandStream,
} from '../../../src/application/history/refused-command-codec.js';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import { SetClock } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { noon } from '../../support/registered-model-words.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog } from '../../support/watched-log.js';

let log: WatchedLog;
let node: RegistryNode;
let modelId: string;

beforeEach(async () => {
  log = new WatchedLog();
  const clock = new SetClock();
  clock.time = noon;
  node = new RegistryNode(log, undefined, clock);
  await register({ onOutcome: (outcome) => (modelId = outcome.modelId) });
});
afterEach(() => log.close());

function register(about: Partial<CommandContext> = {}, name = 'iris') {
  const command = new RegisterModel(name, '', [], context(about));
  return new RegisterModelHandler(node.commands).execute(command);
}

function transition(stage: string, about: Partial<CommandContext> = {}, name = 'iris', { commands } = node) {
  const command = new TransitionStage(name, '1', stage, false, null, context(about));
  return new TransitionStageHandler(commands).execute(command);
}

function rollBack(about: Partial<CommandContext> = {}) {
  return new RollBackHandler(node.commands).execute(new RollBack('iris', 'Production', null, context(about)));
}

async function refusals() {
  return (await all(log.readAll({ filter: { streamPrefixes: [refusedCommandPrefix] } }))).map(
    (event) => decodeRefusedCommand(event).data,
  );
}

describe('on record is a command that was refused because', () => {
  it('there is no such stage', async () => {
    await expect(transition('Prod')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(await refusals()).toEqual([
      {
        command: 'TransitionStage',
        code: 'INVALID_PARAMETER_VALUE',
        message:
          'Invalid Model Version stage: Prod. Value must be one of None, Staging, Production, Archived.',
        subject: { name: 'iris', version: 1 },
      },
    ]);
  });

  it('the stage cannot be rolled back', async () => {
    await expect(rollBack()).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
    expect(await refusals()).toMatchObject([
      { command: 'RollBack', subject: { name: 'iris', version: null } },
    ]);
  });

  it('the model had changed', async () => {
    const describe = () => ({ type: 'DescribeModel', name: 'iris', description: '' }) as const;
    const command = { name: 'iris', context: context({ expectedRevision: 7 }) };
    await expect(node.commands.execute(command, describe, () => {})).rejects.toThrow();
    expect(await refusals()).toMatchObject([{ code: 'PRECONDITION_FAILED' }]);
  });

  it('another model has the new name', async () => {
    await register({}, 'lily');
    const rename = new RenameModel('iris', 'lily', context());
    await expect(new RenameModelHandler(node.commands).execute(rename)).rejects.toThrow('already exists');
    expect(await refusals()).toMatchObject([{ command: 'RenameModel', code: 'RESOURCE_ALREADY_EXISTS' }]);
  });
});

describe('not on record is', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a version that is not there', () => transition('Production')],
    ['a stage of a model that is not there', () => transition('Prod', {}, 'rose')],
    ['a registration under a taken name, which training scripts try each time', () => register()],
    ['a dry run', () => transition('Prod', { dryRun: true })],
  ])('%s', async (_, ask) => {
    await expect(ask()).rejects.toThrow();
    expect(await refusals()).toEqual([]);
  });
});

describe('the record of a refusal', () => {
  it('is in a stream beside that of the model, which stays where it was', async () => {
    await expect(transition('Prod')).rejects.toThrow();
    await expect(transition('Prod')).rejects.toThrow();
    const events = await all(log.readStream(refusedCommandStream(modelId)));
    expect(events.map(({ type, revision }) => [type, revision])).toEqual([
      ['CommandRefused', 0],
      ['CommandRefused', 1],
    ]);
  });

  it('says who asked, from where, in which request and when', async () => {
    const asker = { requestId: 'request-1', correlationId: 'correlation-1' };
    await expect(transition('Prod', asker)).rejects.toThrow();
    const [event] = await all(log.readStream(refusedCommandStream(modelId)));
    expect(event && decodeMetadata(event.metadata)).toEqual({
      schemaVersion: 1,
      actor: { type: 'user', id: 'ada', authentication: 'basic-unverified' },
      client: { address: '192.0.2.1', userAgent: null },
      requestId: 'request-1',
      $correlationId: 'correlation-1',
      $causationId: expect.any(String),
      happenedAt: new Date(noon).toISOString(),
    });
  });

  it('cuts a long message off', async () => {
    await expect(transition('\u{1F33B}'.repeat(5_000))).rejects.toThrow();
    const [refused] = await refusals();
    expect(refused?.message).toHaveLength(1_000);
    expect(refused?.message.isWellFormed()).toBe(true);
  });

  it('is there when the refusal is told', async () => {
    const before = await log.head();
    await transition('Prod').catch(() => {});
    expect(await log.head()).toBeGreaterThan(before);
  });

  it('is lost when the log fails, and the answer is the same', async () => {
    log.beforeAppend = () => {
      throw new LogUnavailableError('disk full');
    };
    await expect(transition('Prod')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  it('is complete when many are refused at the same time, over several nodes', async () => {
    const nodes = [node, new RegistryNode(log.log), new RegistryNode(log.log)];
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => transition('Prod', {}, 'iris', nodes[index % nodes.length])),
    );
    expect(await refusals()).toHaveLength(30);
  });

  it('belongs to the model that has the name now', async () => {
    await new DeleteModelHandler(node.commands).execute(new DeleteModel('iris', context()));
    await register({ onOutcome: (outcome) => (modelId = outcome.modelId) });
    await expect(transition('Prod')).rejects.toThrow();
    expect(await all(log.readStream(refusedCommandStream(modelId)))).toHaveLength(1);
  });

  it('of a new version names the model that was to get it', () => {
    const version = { source: '', runId: '', runLink: '', loggedModelId: null, description: '', tags: [] };
    expect(new CreateVersion({ name: 'iris', ...version }, context()).name).toBe('iris');
  });
});
