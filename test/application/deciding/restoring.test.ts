import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DeleteModel, DeleteModelHandler } from '../../../src/application/commands/delete-model.js';
import { RegisterModel, RegisterModelHandler } from '../../../src/application/commands/register-model.js';
import { RenameModel, RenameModelHandler } from '../../../src/application/commands/rename-model.js';
import { RestoreModel, RestoreModelHandler } from '../../../src/application/commands/restore-model.js';
import { RestoreVersion, RestoreVersionHandler } from '../../../src/application/commands/restore-version.js';
import { SetTag, SetTagHandler } from '../../../src/application/commands/set-tag.js';
import type { CommandContext } from '../../../src/application/deciding/command-context.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

let log: WatchedLog;
let node: RegistryNode;

beforeEach(() => {
  log = new WatchedLog();
  node = new RegistryNode(log);
});
afterEach(() => log.close());

/** Answers the id of the new model. */
async function register(name = 'iris', { commands } = node): Promise<string> {
  let id = '';
  const asker = context({ onOutcome: ({ modelId }) => (id = modelId) });
  await new RegisterModelHandler(commands).execute(new RegisterModel(name, '', [], asker));
  return id;
}

function remove(name = 'iris', { commands } = node) {
  return new DeleteModelHandler(commands).execute(new DeleteModel(name, context()));
}

function restore(modelId: string, { commands } = node, about: Partial<CommandContext> = {}) {
  return new RestoreModelHandler(commands).execute(new RestoreModel(modelId, context(about)));
}

async function deletedModel(): Promise<string> {
  const id = await register();
  await new SetTagHandler(node.commands).execute(new SetTag('iris', null, 'team', 'botany', context()));
  await remove();
  return id;
}

describe('a deleted model', () => {
  it('comes back under its name, with what it had', async () => {
    const id = await deletedModel();
    await expect(restore(id)).resolves.toMatchObject({
      name: 'iris',
      tags: [{ key: 'team', value: 'botany' }],
    });
    await expect(register()).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
  });

  it('can be deleted and restored again', async () => {
    const id = await deletedModel();
    await restore(id);
    await remove();
    await expect(restore(id)).resolves.toMatchObject({ name: 'iris' });
  });

  it('stays deleted while another model has its name', async () => {
    const id = await deletedModel();
    await register();
    await expect(restore(id)).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      message: 'Registered Model (name=iris) already exists.',
    });
  });

  it('comes back when the other model has given the name up', async () => {
    const id = await deletedModel();
    await register();
    await new RenameModelHandler(node.commands).execute(new RenameModel('iris', 'lily', context()));
    await expect(restore(id)).resolves.toMatchObject({ name: 'iris' });
  });

  it('is the one of that id, of several that had the name', async () => {
    const first = await deletedModel();
    await register();
    await remove();
    await expect(restore(first)).resolves.toMatchObject({ tags: [{ key: 'team', value: 'botany' }] });
  });

  it('is found under its name by nodes that knew the name as that of another model', async () => {
    const other = new RegistryNode(log.log);
    const id = await deletedModel();
    await register('iris', other);
    await remove('iris', other);
    await restore(id);
    await expect(remove('iris', other)).resolves.toBeUndefined();
  });
});

describe('restoring', () => {
  it('what is not deleted is refused, and claims nothing', async () => {
    const id = await register();
    log.appends.length = 0;
    await expect(restore(id)).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
    expect(log.appends.flatMap(({ types }) => types)).toEqual(['CommandRefused']);
  });

  it('what there never was is refused', async () => {
    const id = randomUUID();
    await expect(restore(id)).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Registered Model with id=${id} not found`,
    });
  });

  it('what cannot be an id is refused as a mistake', () =>
    expect(restore('iris')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' }));

  it('is done once for many who want it at the same time, over several nodes', async () => {
    const id = await deletedModel();
    const nodes = [node, new RegistryNode(log.log), new RegistryNode(log.log)];
    const settled = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => restore(id, nodes[index % nodes.length])),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('goes to one of a restorer and a registrant who want the name at the same time', async () => {
    const id = await deletedModel();
    const other = new RegistryNode(log.log);
    const settled = await Promise.allSettled([restore(id), register('iris', other)]);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('claims the name again when its claim was closed by somebody who was faster and went away', async () => {
    const id = await deletedModel();
    const other = new RegistryNode(log.log);
    const meddle = times(1, async () => {
      await register('iris', other);
      await remove('iris', other);
    });
    log.beforeAppend = (stream) => (stream.startsWith('registeredModel-') ? meddle() : undefined);
    await expect(restore(id)).resolves.toMatchObject({ name: 'iris' });
  });

  it('leaves the name to others when the process dies after it claimed it', async () => {
    const id = await deletedModel();
    const dead = new RegistryNode(log);
    log.afterAppend = (stream) => (stream.startsWith('modelName-') ? new Promise(() => {}) : undefined);
    void restore(id, dead);
    await log.settled();
    await expect(register('iris', new RegistryNode(log.log))).resolves.toEqual(expect.any(String));
  });

  it('gives the name back when the model has changed since the client looked', async () => {
    const id = await deletedModel();
    await expect(restore(id, node, { expectedRevision: 0 })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    expect(await node.claims.holderOf('iris')).toBeUndefined();
  });

  it('a version of a model that is not there is refused', () =>
    expect(
      new RestoreVersionHandler(node.commands).execute(new RestoreVersion('iris', '1', context())),
    ).rejects.toMatchObject({ message: 'Model Version (name=iris, version=1) not found' }));
});
