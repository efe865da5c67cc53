import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { modelNameStream } from '../../../src/application/history/model-name-codec.js';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { NothingAnswered, SetClock, UpToDate } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { noon } from '../../support/registered-model-words.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

let log: WatchedLog;
let node: RegistryNode;
let progress: Watched;
let clock: SetClock;

/** A read model that notes what others wait for. */
class Watched extends UpToDate {
  readonly waitedFor: number[] = [];

  override reached(position?: number): Promise<boolean> {
    this.waitedFor.push(position ?? 0);
    return super.reached();
  }
}

beforeEach(() => {
  log = new WatchedLog();
  progress = new Watched();
  clock = new SetClock();
  node = new RegistryNode(log, { register: new NothingAnswered(), progress }, clock);
});
afterEach(() => log.close());

const asIs = (model: RegisteredModel) => model;

function register(name = 'iris', { commands } = node) {
  return commands.register({ context: context() }, { name, description: '', tags: [] }, asIs);
}

function rename(name: string, newName: string, { commands } = node) {
  return commands.rename({ context: context() }, { name, newName }, asIs);
}

function remove(name = 'iris', { commands } = node) {
  return commands.execute({ context: context() }, () => ({ type: 'DeleteModel', name }), asIs);
}

function describeAs(description: string, name = 'iris', { commands } = node) {
  return commands.execute({ context: context() }, () => ({ type: 'DescribeModel', name, description }), asIs);
}

function deleteTag(key: string, name = 'iris') {
  return node.commands.execute(
    { context: context() },
    () => ({ type: 'DeleteTag', name, key, version: null }),
    asIs,
  );
}

function failRelease(stream: string): void {
  if (stream === modelNameStream('iris')) throw new LogUnavailableError('disk full');
}

/** What a dead process waits for. */
function never(): Promise<never> {
  return new Promise(() => {});
}

const taken = 'Registered Model (name=iris) already exists.';
const missing = 'Registered Model with name=iris not found';

describe('a command', () => {
  it('is answered from the model as it was right after it', async () => {
    await register();
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => describeAs(text)));
    expect(answers).toMatchObject([{ description: 'a' }, { description: 'b' }, { description: 'c' }]);
  });

  it('happens when the clock says so', async () => {
    clock.time = noon;
    expect(await register()).toMatchObject({ createdAt: noon });
  });

  it('is answered when the read model shows what it changed', async () => {
    await register();
    progress.waitedFor.length = 0;
    await describeAs('Petals.');
    expect(progress.waitedFor).toEqual([await log.head()]);
  });

  it('that changes nothing waits until what it saw can be read', async () => {
    await register();
    progress.waitedFor.length = 0;
    await deleteTag('team');
    expect(progress.waitedFor).toEqual([await log.head()]);
  });

  it('that is refused is so when the read model shows everything on which that may rest', async () => {
    await register('iris', new RegistryNode(log.log));
    await expect(register()).rejects.toThrow(taken);
    await expect(describeAs('Petals.', 'lily')).rejects.toThrow('Registered Model with name=lily not found');
    expect(progress.waitedFor).toEqual([await log.head(), await log.head()]);
  });

  it('that is refused is so also when nobody can say how far the log has come', async () => {
    await register();
    log.head = () => Promise.reject(new LogUnavailableError('no answer'));
    await expect(register()).rejects.toThrow(taken);
  });

  it('that is refused is so within two seconds when the log says nothing', async () => {
    await register();
    log.head = never;
    await expect(register()).rejects.toThrow(taken);
  });

  it('on a name that no model has is refused in its own words', async () => {
    await expect(describeAs('Petals.')).rejects.toThrow(missing);
    const version = { type: 'DeleteVersion', name: 'iris', version: 1 } as const;
    await expect(node.commands.execute({ context: context() }, () => version, asIs)).rejects.toThrow(
      'Model Version (name=iris, version=1) not found',
    );
  });

  it('may be made from what takes time to find out', async () => {
    await register();
    const found = Promise.resolve({ type: 'DescribeModel', name: 'iris', description: 'Petals.' } as const);
    expect(await node.commands.execute({ context: context() }, () => found, asIs)).toMatchObject({
      description: 'Petals.',
    });
  });

  it('is not executed when that cannot be found out', async () => {
    await register();
    const failing = node.commands.execute(
      { context: context() },
      () => Promise.reject(new Error('no')),
      asIs,
    );
    await expect(failing).rejects.toThrow('no');
    expect(log.appends).toHaveLength(2);
  });
});

describe('a name', () => {
  it('is given once', async () => {
    await register();
    await expect(register()).rejects.toThrow(taken);
  });

  it('is given to one of many that want it at the same time', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => register()));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      settled.filter((one) => one.status === 'rejected' && String(one.reason).includes(taken)),
    ).toHaveLength(19);
  });

  it('is not fought about by those who want it in the same process', async () => {
    await Promise.allSettled(Array.from({ length: 20 }, () => register()));
    expect((await all(log.readAll())).map(({ type }) => type)).toEqual(['NameClaimed', 'ModelRegistered']);
  });

  it('is free after its model was deleted, for a new model', async () => {
    await register();
    await describeAs('Petals.');
    await remove();
    expect(await register()).toMatchObject({ status: 'live', description: '' });
  });

  it('is free after its model was renamed', async () => {
    await register();
    await rename('iris', 'lily');
    expect(await node.claims.holderOf('iris')).toBeUndefined();
    await register('iris');
    await expect(register('lily')).rejects.toThrow('Registered Model (name=lily) already exists.');
  });

  it('can be had back by the model that gave it up', async () => {
    await register();
    await rename('iris', 'lily');
    expect(await rename('lily', 'iris')).toMatchObject({ name: 'iris' });
  });

  it('leads to its model on every node, also after it went to another model', async () => {
    const other = new RegistryNode(log);
    await register();
    await describeAs('Petals.', 'iris', other);
    await rename('iris', 'lily');
    await register('iris');
    expect(await describeAs('Leaves.', 'iris', other)).toMatchObject({
      name: 'iris',
      description: 'Leaves.',
    });
    expect(await describeAs('Stem.', 'lily', other)).toMatchObject({ name: 'lily', description: 'Stem.' });
  });

  it('leads to its model also on a node that saw the claim before the model', async () => {
    const other = new RegistryNode(log.log);
    log.beforeAppend = (stream) =>
      stream.startsWith('registeredModel')
        ? expect(remove('iris', other)).rejects.toThrow(missing)
        : undefined;
    await register();
    await expect(remove('iris', other)).resolves.toMatchObject({ status: 'deleted' });
  });
});

describe('renaming', () => {
  it('to a taken name is refused and changes nothing', async () => {
    await register();
    await register('lily');
    await expect(rename('lily', 'iris')).rejects.toThrow(taken);
    await describeAs('Petals.', 'lily');
  });

  it('to the same name needs no claim', async () => {
    await register();
    const before = await all(log.readStream(modelNameStream('iris')));
    expect(await rename('iris', 'iris')).toMatchObject({ name: 'iris' });
    expect(await all(log.readStream(modelNameStream('iris')))).toEqual(before);
  });

  it('of a model that does not exist is refused, and claims no name', async () => {
    await expect(rename('iris', 'lily')).rejects.toThrow(missing);
    expect(await node.claims.holderOf('lily')).toBeUndefined();
  });

  it('gives the claim back when the model has gone in the meantime', async () => {
    const other = new RegistryNode(log.log);
    await register();
    log.beforeAppend = times(1, () => remove('iris', other));
    await expect(rename('iris', 'lily')).rejects.toThrow(missing);
    expect(await node.claims.holderOf('lily')).toBeUndefined();
  });

  it('says that the model is not found also when another rename to the same name was faster', async () => {
    const other = new RegistryNode(log.log);
    await register();
    const renameFirst = times(1, () => rename('iris', 'lily', other));
    log.beforeAppend = (stream) => (stream.startsWith('registeredModel-') ? renameFirst() : undefined);
    await expect(rename('iris', 'lily')).rejects.toThrow(missing);
    await expect(describeAs('Petals.', 'lily')).resolves.toMatchObject({ name: 'lily' });
  });
});

describe('when a name cannot be released', () => {
  it('the deletion is done all the same', async () => {
    await register();
    log.beforeAppend = failRelease;
    await expect(remove()).resolves.toMatchObject({ status: 'deleted' });
  });

  it('the renaming is done all the same', async () => {
    await register();
    log.beforeAppend = failRelease;
    await expect(rename('iris', 'lily')).resolves.toMatchObject({ name: 'lily' });
  });

  it('the next one who wants it gets it', async () => {
    await register();
    log.beforeAppend = failRelease;
    await remove().catch(() => {});
    log.beforeAppend = () => {};
    expect(await register()).toMatchObject({ status: 'live' });
  });
});

describe('a process that dies between two steps', () => {
  it.each([
    ['before it claimed the name', 'before', 'modelName-'],
    ['after it claimed the name', 'after', 'modelName-'],
    ['before it registered the model', 'before', 'registeredModel-'],
  ])('%s leaves the name to others', async (_, when, prefix) => {
    const dying = (stream: string) => (stream.startsWith(prefix) ? never() : undefined);
    if (when === 'before') log.beforeAppend = dying;
    else log.afterAppend = dying;
    const dead = new RegistryNode(log);
    void register('iris', dead);
    await log.settled();
    const other = new RegistryNode(log.log);
    expect(await register('iris', other)).toMatchObject({ name: 'iris' });
  });

  it('after it registered the model leaves a model', async () => {
    log.afterAppend = (stream) => (stream.startsWith('registeredModel-') ? never() : undefined);
    void register('iris', new RegistryNode(log));
    await log.settled();
    const other = new RegistryNode(log.log);
    await expect(register('iris', other)).rejects.toThrow(taken);
    expect(await describeAs('Petals.', 'iris', other)).toMatchObject({ description: 'Petals.' });
  });
});
