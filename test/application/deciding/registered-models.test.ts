import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Envelope } from '../../../src/application/deciding/envelope.js';
import { RegisteredModels } from '../../../src/application/deciding/registered-models.js';
import type { Conditions } from '../../../src/application/deciding/registered-models.js';
import { decodeMetadata } from '../../../src/application/history/event-metadata.js';
import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { InMemorySnapshots } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { at, command, noon, promote } from '../../support/registered-model-words.js';
import { context } from '../../support/registry-node.js';
import { WatchedLog } from '../../support/watched-log.js';

const modelId = randomUUID();
const stream = registeredModelStream(modelId);
const request = { key: 'hash of key', fingerprint: 'hash of command' };
const unanswered = { request, searchedUpTo: Number.MAX_SAFE_INTEGER };

let log: WatchedLog;
let models: RegisteredModels;

beforeEach(() => {
  log = new WatchedLog();
  models = new RegisteredModels(log, new InMemorySnapshots());
});
afterEach(() => log.close());

function decide(command: RegisteredModelCommand, conditions: Conditions = {}) {
  return models.decide(modelId, command, new Envelope(context(), noon), conditions);
}

function versions(model: RegisteredModel) {
  return model.status === 'unregistered' ? [] : [...model.versions];
}

async function metadata() {
  return (await all(log.readStream(stream))).map((event) => decodeMetadata(event.metadata));
}

describe('many commands to a model at once', () => {
  it('create versions with the numbers 1 to 80', async () => {
    await decide(command('RegisterModel'));
    const created = await Promise.all(Array.from({ length: 80 }, () => decide(command('CreateVersion'))));
    const numbers = created.map(({ state }) => versions(state).at(-1)?.version);
    expect(numbers).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  });

  it('leave exactly one version in production when each archives the others', async () => {
    await decide(command('RegisterModel'));
    await Promise.all(Array.from({ length: 40 }, () => decide(command('CreateVersion'))));
    await Promise.all(Array.from({ length: 40 }, (_, index) => decide(promote(index + 1))));
    const stages = versions(await models.current(modelId)).map(({ stage }) => stage);
    expect(stages.filter((stage) => stage === 'Production')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'Archived')).toHaveLength(39);
  });

  it('do so also when they come over several nodes', async () => {
    await decide(command('RegisterModel'));
    const nodes = [
      models,
      ...Array.from({ length: 3 }, () => new RegisteredModels(log, new InMemorySnapshots())),
    ];
    const nodeFor = (index: number) => nodes[index % nodes.length] ?? models;
    const envelope = new Envelope(context(), noon);
    const everywhere = (commands: readonly RegisteredModelCommand[]) =>
      Promise.all(commands.map((one, index) => nodeFor(index).decide(modelId, one, envelope)));
    await everywhere(Array.from({ length: 40 }, () => command('CreateVersion')));
    await everywhere(Array.from({ length: 40 }, (_, index) => promote(index + 1)));
    const stages = versions(await models.current(modelId)).map(({ stage }) => stage);
    expect(stages.filter((stage) => stage === 'Production')).toHaveLength(1);
    expect(stages.filter((stage) => stage === 'Archived')).toHaveLength(39);
  });
});

describe('the events of a command', () => {
  it('all say who asked, from where, in which request and when', async () => {
    const asked = context({ requestId: 'request-1', correlationId: 'correlation-1' });
    await models.decide(modelId, command('RegisterModel'), new Envelope(asked, noon));
    expect(await metadata()).toEqual([
      {
        schemaVersion: 1,
        actor: asked.actor,
        client: asked.client,
        requestId: 'request-1',
        $correlationId: 'correlation-1',
        $causationId: expect.any(String),
        happenedAt: '2026-01-01T12:00:00.000Z',
      },
    ]);
  });

  it('share a cause, which no other command has', async () => {
    await decide(command('RegisterModel'));
    await Promise.all([1, 2].map(() => decide(command('CreateVersion'))));
    await decide(promote(1));
    await decide(promote(2));
    const causes = (await metadata()).map(({ $causationId }) => $causationId);
    expect(causes).toHaveLength(6);
    expect(new Set(causes).size).toBe(5);
    expect(causes[4]).toBe(causes[5]);
  });

  it('happen at the time of the request, whatever time the command has', async () => {
    await models.decide(modelId, at(1, command('RegisterModel')), new Envelope(context(), noon));
    expect(await models.current(modelId)).toMatchObject({ createdAt: noon });
  });
});

describe('a command with an Idempotency-Key', () => {
  it('leaves the key with its last event only', async () => {
    await decide(command('RegisterModel'));
    await Promise.all([1, 2].map(() => decide(command('CreateVersion'))));
    await decide(promote(1));
    await decide(promote(2), { unanswered });
    expect((await metadata()).map(({ idempotency }) => idempotency)).toEqual([
      ...Array<undefined>(5),
      request,
    ]);
  });

  it('leaves it also when it has nothing to change', async () => {
    await decide(command('RegisterModel'));
    const decided = await decide(command('DeleteTag'), { unanswered });
    expect(decided).toMatchObject({ events: [{ type: 'NothingChanged' }], revision: 1 });
    expect((await metadata()).at(-1)?.idempotency).toEqual(request);
  });

  it('leaves nothing when it is refused', async () => {
    await decide(command('RegisterModel'));
    await expect(decide(command('DeleteVersion'), { unanswered })).rejects.toThrow(RegistryError);
    expect(await metadata()).toHaveLength(1);
  });
});

it('leaves no trace of a command without a key that has nothing to change', async () => {
  await decide(command('RegisterModel'));
  await decide(command('DeleteTag'));
  expect(await metadata()).toHaveLength(1);
});

it('knows a model as it was right after an earlier event', async () => {
  await decide(command('RegisterModel'));
  await decide(command('DescribeModel', { description: 'Leaves.' }));
  await decide(command('DescribeModel', { description: 'Petals.' }));
  expect(await models.asOf(stream, 1)).toMatchObject({ description: 'Leaves.' });
});

it('knows of the present what other nodes have written', async () => {
  await decide(command('RegisterModel'));
  const other = new RegisteredModels(log, new InMemorySnapshots());
  await other.decide(
    modelId,
    command('DescribeModel', { description: 'Petals.' }),
    new Envelope(context(), noon),
  );
  expect(await models.current(modelId)).toMatchObject({ description: 'Petals.' });
});
