import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Envelope } from '../../../src/application/deciding/envelope.js';
import { ModelChangedError } from '../../../src/application/deciding/model-changed-error.js';
import { RegisteredModels } from '../../../src/application/deciding/registered-models.js';
import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import { InMemorySnapshots } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { command, noon, promote } from '../../support/registered-model-words.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

const modelId = randomUUID();

let log: WatchedLog;
let models: RegisteredModels;

beforeEach(async () => {
  log = new WatchedLog();
  models = newNode();
  await decide(command('RegisterModel'));
  for (let version = 1; version <= 3; version += 1) await decide(command('CreateVersion'));
});
afterEach(() => log.close());

function newNode(): RegisteredModels {
  return new RegisteredModels(log, new InMemorySnapshots());
}

function decide(command: RegisteredModelCommand, expectedRevision?: number, node = models) {
  return node.decide(modelId, command, new Envelope(context(), noon), { expectedRevision });
}

async function length(): Promise<number> {
  return (await all(log.readStream(registeredModelStream(modelId)))).length;
}

describe('a command that expects the model at a revision', () => {
  it('is executed there', async () => {
    await expect(decide(promote(1), 3)).resolves.toMatchObject({ revision: 4 });
  });

  it.each([2, 0, 4, 99])('is refused at any other, as %d', async (expected) => {
    await expect(decide(promote(1), expected)).rejects.toEqual(new ModelChangedError(modelId, expected, 3));
    expect(await length()).toBe(4);
  });

  it('is refused with the code and the revisions by which a client knows what to read', () =>
    expect(decide(promote(1), 1)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      message: 'The model is at revision 3, and was expected at 1.',
      modelId,
      expected: 1,
      actual: 3,
    }));

  it('is refused also when it would change nothing', () =>
    expect(decide(command('DeleteTag'), 1)).rejects.toThrow(ModelChangedError));

  it('is refused for what else is wrong with it first', () =>
    expect(decide(command('DeleteVersion', { version: 9 }), 1)).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    }));

  it('is refused when it is the registration of a model, which has no revision before', () => {
    const registration = { ...command('RegisterModel'), claimId: 'claim-9' } as RegisteredModelCommand;
    return expect(
      models.decide(randomUUID(), registration, new Envelope(context(), noon), { expectedRevision: 0 }),
    ).rejects.toEqual(new ModelChangedError(modelId, 0, 'no-stream'));
  });

  it('sees what another node has written, whatever this one remembers', async () => {
    await decide(command('DescribeModel'), undefined, newNode());
    await expect(decide(promote(1), 3)).rejects.toEqual(new ModelChangedError(modelId, 3, 4));
    await expect(decide(promote(1), 4)).resolves.toMatchObject({ revision: 5 });
  });

  it('sees what another node writes at the last moment', async () => {
    const other = newNode();
    log.beforeAppend = times(1, () => decide(command('DescribeModel'), undefined, other));
    await expect(decide(promote(1), 3)).rejects.toEqual(new ModelChangedError(modelId, 3, 4));
  });

  it('sees what was decided before it in the same append', async () => {
    const [first, second] = await Promise.allSettled([
      decide(command('DescribeModel')),
      decide(promote(1), 3),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: new ModelChangedError(modelId, 3, 4) });
  });
});

describe('many commands that expect the same revision', () => {
  it.each([1, 4])('are executed once, and the others told of a newer one, over %d nodes', async (count) => {
    const nodes = [models, ...Array.from({ length: count - 1 }, newNode)];
    const settled = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        decide(promote((index % 3) + 1), 3, nodes[index % nodes.length]),
      ),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const told = settled.flatMap((one) => (one.status === 'rejected' ? (one.reason as unknown) : []));
    expect(told).toEqual(Array.from({ length: 39 }, () => new ModelChangedError(modelId, 3, 4)));
    expect(await length()).toBe(5);
  });
});

describe('a client that decided on a revision', () => {
  it('is told the next one, and of what happened', async () => {
    const node = new RegistryNode(log);
    const outcomes: unknown[] = [];
    const asker = context({ onOutcome: ({ revision, events }) => outcomes.push([revision, events?.length]) });
    await node.commands.register({ context: asker }, { name: 'rose', description: '', tags: [] }, () => {});
    const change = () => ({ type: 'DescribeModel', name: 'rose', description: '' }) as const;
    await node.commands.execute({ context: { ...asker, expectedRevision: 0 } }, change, () => {});
    expect(outcomes).toEqual([
      [0, 1],
      [1, 1],
    ]);
    const late = node.commands.execute({ context: { ...asker, expectedRevision: 0 } }, change, () => {});
    await expect(late).rejects.toEqual(new ModelChangedError(modelId, 0, 1));
  });

  it('is not misled by a model that had the name before', async () => {
    const node = new RegistryNode(log);
    const other = new RegistryNode(log.log);
    const asker = { context: context() };
    const change = () => ({ type: 'DescribeModel', name: 'rose', description: '' }) as const;
    const register = (at = node) =>
      at.commands.register(asker, { name: 'rose', description: '', tags: [] }, () => {});
    await register();
    await node.commands.execute(asker, change, () => {});
    await other.commands.execute(
      asker,
      () => ({ type: 'DeleteModel', name: 'rose' }),
      () => {},
    );
    await register(other);
    const decided = { context: context({ expectedRevision: 0 }) };
    await expect(node.commands.execute(decided, change, () => {})).resolves.toBeUndefined();
  });
});
