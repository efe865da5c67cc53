import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CreateVersion, CreateVersionHandler } from '../../../src/application/commands/create-version.js';
import { DeleteModel, DeleteModelHandler } from '../../../src/application/commands/delete-model.js';
import { DeleteTag, DeleteTagHandler } from '../../../src/application/commands/delete-tag.js';
import { DescribeModel, DescribeModelHandler } from '../../../src/application/commands/describe-model.js';
import { RegisterModel, RegisterModelHandler } from '../../../src/application/commands/register-model.js';
import { RenameModel, RenameModelHandler } from '../../../src/application/commands/rename-model.js';
import { SetTag, SetTagHandler } from '../../../src/application/commands/set-tag.js';
import {
  TransitionStage,
  TransitionStageHandler,
} from '../../../src/application/commands/transition-stage.js';
import type { CommandContext } from '../../../src/application/deciding/command-context.js';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import type {
  GivenSource,
  ResolvedSource,
  SourceResolver,
} from '../../../src/application/sources/source-resolver.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { AnsweredRequests } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

let log: WatchedLog;
let readModel: AnsweredRequests;
let node: RegistryNode;
/** How often it was looked where a version comes from. */
let resolved: number;

beforeEach(() => {
  log = new WatchedLog();
  resolved = 0;
  start();
});
afterEach(() => log.close());

/** A process begins, with nothing but the log. */
function start(): void {
  readModel = new AnsweredRequests(log);
  node = new RegistryNode(log, { register: readModel, progress: readModel });
}

type Asker = Partial<CommandContext>;

const key: Asker = { idempotencyKey: 'key-1' };
const noKey: Asker = {};

function register(asker: Asker, name = 'iris', description = '') {
  const command = new RegisterModel(name, description, [], context(asker));
  return new RegisterModelHandler(node.commands).execute(command);
}

function describeAs(asker: Asker, description: string, name = 'iris') {
  const command = new DescribeModel(name, description, context(asker));
  return new DescribeModelHandler(node.commands).execute(command);
}

function rename(asker: Asker, name: string, newName: string) {
  return new RenameModelHandler(node.commands).execute(new RenameModel(name, newName, context(asker)));
}

function remove(asker: Asker) {
  return new DeleteModelHandler(node.commands).execute(new DeleteModel('iris', context(asker)));
}

async function resolveSource(given: GivenSource): Promise<ResolvedSource> {
  resolved += 1;
  return { ...given, storageLocation: null };
}

function createVersion(asker: Asker) {
  const version = {
    name: 'iris',
    source: 's3://bucket/model',
    runId: '',
    runLink: '',
    loggedModelId: null,
    description: '',
    tags: [],
  };
  return new CreateVersionHandler(node.commands, { resolve: resolveSource } as SourceResolver).execute(
    new CreateVersion(version, context(asker)),
  );
}

function promote(asker: Asker, version: string) {
  const command = new TransitionStage('iris', version, 'Production', true, null, context(asker));
  return new TransitionStageHandler(node.commands).execute(command);
}

function setTag(asker: Asker, tagKey: string, value: string) {
  return new SetTagHandler(node.commands).execute(new SetTag('iris', null, tagKey, value, context(asker)));
}

function deleteTag(asker: Asker, tagKey: string) {
  return new DeleteTagHandler(node.commands).execute(new DeleteTag('iris', null, tagKey, context(asker)));
}

async function types(): Promise<string[]> {
  return (await all(log.readAll())).map(({ type }) => type);
}

const conflict = new RegistryError(
  'RESOURCE_CONFLICT',
  "The Idempotency-Key 'key-1' was used with another request before.",
);

describe('the same request with the same Idempotency-Key', () => {
  it('is executed once', async () => {
    await register(key);
    await register(key);
    expect(await types()).toEqual(['NameClaimed', 'ModelRegistered']);
  });

  it('gets the first answer, whatever has happened since', async () => {
    await register(noKey);
    const first = await describeAs(key, 'Petals.');
    await describeAs(noKey, 'Leaves.');
    await createVersion(noKey);
    expect(await describeAs(key, 'Petals.')).toEqual(first);
  });

  it('gets the first version, although there are newer ones', async () => {
    await register(noKey);
    const first = await createVersion(key);
    await createVersion(noKey);
    expect(await createVersion(key)).toEqual(first);
    expect(first.version).toBe(1);
  });

  it('gets the first answer also of a command with several events', async () => {
    await register(noKey);
    await createVersion(noKey);
    await createVersion(noKey);
    await promote(noKey, '1');
    const first = await promote(key, '2');
    await promote(noKey, '1');
    expect(await promote(key, '2')).toEqual(first);
    expect(first.stage).toBe('Production');
  });

  it('gets the first answer also when the model is gone by now', async () => {
    await register(noKey);
    await remove(key);
    await expect(remove(key)).resolves.toBeUndefined();
  });

  it('gets the first answer also when the model has another name by now', async () => {
    await register(noKey);
    const first = await rename(key, 'iris', 'lily');
    expect(await rename(key, 'iris', 'lily')).toEqual(first);
    expect((await types()).filter((type) => type === 'ModelRenamed')).toHaveLength(1);
  });

  it('is known also when there was nothing to change', async () => {
    await register(noKey);
    await deleteTag(key, 'team');
    await setTag(noKey, 'team', 'botany');
    await deleteTag(key, 'team');
    expect((await types()).slice(2)).toEqual(['NothingChanged', 'TagSet']);
  });

  it('is known also after a restart', async () => {
    const first = await register(key);
    start();
    expect(await register(key)).toEqual(first);
  });

  it('is executed once also when it comes twice at the same time', async () => {
    const answers = await Promise.all([register(key), register(key), register(key)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await types()).toEqual(['NameClaimed', 'ModelRegistered']);
  });

  it('does not look again where a version comes from', async () => {
    await register(noKey);
    await createVersion(key);
    await createVersion(key);
    expect(resolved).toBe(1);
  });
});

describe('another request with the same Idempotency-Key', () => {
  beforeEach(() => register(key));

  it('is a conflict when it says something else', async () => {
    await expect(register(key, 'iris', 'Petals.')).rejects.toThrow(conflict);
    await expect(register(key, 'lily')).rejects.toThrow(conflict);
  });

  it('is a conflict when it asks for something else', async () => {
    await expect(remove(key)).rejects.toThrow(conflict);
  });

  it('is a conflict also when it says the same of something else', async () => {
    class Water {
      constructor(readonly context: CommandContext) {}
    }
    class Prune extends Water {}
    const other = context({
      idempotencyKey: 'key-1',
      actor: { type: 'system', id: 'gardener', authentication: 'system' },
    });
    const change = () => ({ type: 'DescribeModel', name: 'iris', description: '' }) as const;
    await node.commands.execute(new Water(other), change, () => {});
    await expect(node.commands.execute(new Prune(other), change, () => {})).rejects.toThrow(conflict);
  });

  it('has the code by which a client knows it', async () => {
    await expect(remove(key)).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
  });

  it('changes nothing, and is on record', async () => {
    await expect(remove(key)).rejects.toThrow(conflict);
    expect(await types()).toEqual(['NameClaimed', 'ModelRegistered', 'CommandRefused']);
  });

  it('is a conflict also when both come at the same time', async () => {
    const both = {
      idempotencyKey: 'key-1',
      actor: { type: 'user', id: 'grace', authentication: 'basic-unverified' },
    } as const;
    const settled = await Promise.allSettled([register(both, 'lily'), register(both, 'rose')]);
    expect(settled).toMatchObject([{ value: { name: 'lily' } }, { reason: conflict }]);
  });
});

describe('a request with another Idempotency-Key, or none', () => {
  it('is executed by itself', async () => {
    await register(noKey);
    const versions = [
      createVersion(key),
      createVersion({ idempotencyKey: 'key-2' }),
      createVersion(noKey),
      createVersion(noKey),
    ];
    const numbers = (await Promise.all(versions)).map(({ version }) => version);
    expect(new Set(numbers)).toEqual(new Set([1, 2, 3, 4]));
  });
});

describe('the same Idempotency-Key of', () => {
  const ada = { type: 'user', id: 'ada', authentication: 'basic-unverified' } as const;

  it.each([
    ['two users', { ...ada, id: 'grace' }],
    [
      'a user and somebody unknown',
      { type: 'unauthenticated', id: 'ada', authentication: 'unauthenticated' } as const,
    ],
  ])('%s stands for two requests', async (_, other) => {
    await register(noKey);
    const first = await createVersion({ ...key, actor: ada });
    const second = await createVersion({ ...key, actor: other });
    expect([first.version, second.version]).toEqual([1, 2]);
  });

  it('two users whose ids and keys join to the same text stands for two requests', async () => {
    await register(noKey);
    const first = await createVersion({ actor: { ...ada, id: 'a' }, idempotencyKey: 'bc' });
    const second = await createVersion({ actor: { ...ada, id: 'ab' }, idempotencyKey: 'c' });
    expect([first.version, second.version]).toEqual([1, 2]);
  });

  it('one user from two machines stands for one', async () => {
    await register(noKey);
    await createVersion({
      ...key,
      requestId: 'request-1',
      client: { address: '192.0.2.1', userAgent: null },
    });
    await createVersion({ ...key, requestId: 'request-2', client: { address: '192.0.2.2', userAgent: 'R' } });
    expect((await types()).filter((type) => type === 'VersionCreated')).toHaveLength(1);
  });
});

describe('a refused request', () => {
  it('leaves no key behind and may be tried again', async () => {
    await expect(describeAs(key, 'Petals.')).rejects.toThrow('Registered Model with name=iris not found');
    await register(noKey);
    expect(await describeAs(key, 'Petals.')).toMatchObject({ description: 'Petals.' });
  });

  it('leaves the key to another request', async () => {
    await expect(describeAs(key, 'Petals.')).rejects.toThrow(RegistryError);
    expect(await register(key)).toMatchObject({ name: 'iris' });
  });
});

describe('a request of which the outcome is not known', () => {
  it('is executed when nothing of it was stored', async () => {
    await register(noKey);
    log.beforeAppend = times(1, () => {
      throw new LogUnavailableError('disk full');
    });
    await expect(createVersion(key)).rejects.toThrow(LogUnavailableError);
    expect(await createVersion(key)).toMatchObject({ version: 1 });
  });

  it('is not executed again when it was stored all the same', async () => {
    await register(noKey);
    log.afterAppend = times(1, () => {
      throw new LogUnavailableError('disk full');
    });
    await expect(createVersion(key)).rejects.toThrow(LogUnavailableError);
    expect(await createVersion(key)).toMatchObject({ version: 1 });
    expect((await types()).filter((type) => type === 'VersionCreated')).toHaveLength(1);
  });
});

describe('a read model that is behind the log', () => {
  beforeEach(async () => {
    await register(noKey);
    readModel.stopped = true;
    await createVersion(noKey);
  });

  it('cannot tell whether a key was used, so the request is to be tried again', async () => {
    await expect(createVersion(key)).rejects.toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
      message:
        'The read model is behind the log, so it is not known whether this Idempotency-Key was used. Try again.',
    });
  });

  it('lets nothing be executed then', async () => {
    await expect(createVersion(key)).rejects.toThrow(RegistryError);
    expect((await types()).filter((type) => type === 'VersionCreated')).toHaveLength(1);
  });

  it('does not hold up requests without a key', async () => {
    expect(await createVersion(noKey)).toMatchObject({ version: 2 });
  });

  it('executes it when it has caught up', async () => {
    await expect(createVersion(key)).rejects.toThrow(RegistryError);
    readModel.stopped = false;
    expect(await createVersion(key)).toMatchObject({ version: 2 });
  });
});

it('waits for the whole log before it decides whether a key was used', async () => {
  await register(noKey);
  readModel.waitedFor.length = 0;
  const head = await log.head();
  await createVersion(key);
  expect(readModel.waitedFor).toEqual([head, head + 1]);
});
