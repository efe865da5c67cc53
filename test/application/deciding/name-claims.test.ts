import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Envelope } from '../../../src/application/deciding/envelope.js';
import type { Claim } from '../../../src/application/deciding/name-claims.js';
import { modelNameStream } from '../../../src/application/history/model-name-codec.js';
import { registeredModelStream } from '../../../src/application/history/registered-model-codec.js';
import { LogUnavailableError } from '../../../src/application/ports/event-store.js';
import { ModelNameTakenError, NameClaimClosedError } from '../../../src/domain/registered-model/errors.js';
import { all } from '../../support/log-events.js';
import { command, noon } from '../../support/registered-model-words.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

const envelope = new Envelope(context(), noon);

let log: WatchedLog;
let node: RegistryNode;

beforeEach(() => {
  log = new WatchedLog();
  node = new RegistryNode(log);
});
afterEach(() => log.close());

async function claim(modelId: string, name = 'iris', { claims } = node): Promise<Claim> {
  return { modelId, claimId: await claims.claim(name, modelId, envelope) };
}

function take({ modelId, claimId }: Claim) {
  return node.models.decide(modelId, command('RegisterModel', { claimId }), envelope);
}

function remove(modelId: string) {
  return node.models.decide(modelId, command('DeleteModel'), envelope);
}

async function types(stream: string): Promise<string[]> {
  return (await all(log.readStream(stream))).map(({ type }) => type);
}

describe('a free name', () => {
  it('is held by nobody', async () => {
    expect(await node.claims.holderOf('iris')).toBeUndefined();
  });

  it('is claimed for a model', async () => {
    const claimed = await claim('one');
    expect(await node.claims.holderOf('iris')).toMatchObject(claimed);
  });

  it('is free no more for others, and other names are', async () => {
    await take(await claim('one'));
    expect(await node.claims.holderOf('lily')).toBeUndefined();
  });
});

describe('a name that a live model has', () => {
  beforeEach(async () => {
    await take(await claim('one'));
  });

  it('is refused', async () => {
    await expect(claim('two')).rejects.toThrow(new ModelNameTakenError('iris', false));
  });

  it('leaves no trace of the attempt', async () => {
    await expect(claim('two')).rejects.toThrow(ModelNameTakenError);
    expect(await types(modelNameStream('iris'))).toEqual(['NameClaimed']);
    expect(await types(registeredModelStream('one'))).toEqual(['ModelRegistered']);
  });

  it('is refused by another node too', async () => {
    await expect(claim('two', 'iris', new RegistryNode(log))).rejects.toThrow(ModelNameTakenError);
  });
});

describe('a claim that nobody has used yet', () => {
  it('is closed by whoever wants the name, who then has it', async () => {
    const left = await claim('one');
    const claimed = await claim('two');
    expect(await node.claims.holderOf('iris')).toMatchObject(claimed);
    expect(await types(registeredModelStream('one'))).toEqual(['NameClaimForfeited']);
    await expect(take(left)).rejects.toThrow(new NameClaimClosedError(left.claimId));
  });

  it('is on record as superseded', async () => {
    const { claimId } = await claim('one');
    await claim('two');
    const last = (await all(log.readStream(modelNameStream('iris')))).at(-1);
    expect(last?.data).toMatchObject({ supersedes: claimId, modelId: 'two' });
  });

  it('may be used while another is about to close it, who is then refused', async () => {
    const first = await claim('one');
    log.beforeAppend = times(1, () => take(first));
    await expect(claim('two', 'iris', new RegistryNode(log))).rejects.toThrow(ModelNameTakenError);
    expect(await node.claims.holderOf('iris')).toMatchObject(first);
  });
});

describe('a claim that was used up', () => {
  it('is superseded without a word to the model that had the name', async () => {
    const used = await claim('one');
    await take(used);
    await remove('one');
    await claim('two');
    expect(await types(registeredModelStream('one'))).toEqual(['ModelRegistered', 'ModelDeleted']);
    expect(await types(modelNameStream('iris'))).toEqual(['NameClaimed', 'NameClaimed']);
  });

  it('is released by its model, and the name is free', async () => {
    const used = await claim('one');
    await take(used);
    await remove('one');
    await node.claims.release('iris', used, envelope);
    expect(await node.claims.holderOf('iris')).toBeUndefined();
  });

  it('is not released when another has the name already', async () => {
    const used = await claim('one');
    await take(used);
    await remove('one');
    const newer = await claim('two');
    await node.claims.release('iris', used, envelope);
    expect(await node.claims.holderOf('iris')).toMatchObject(newer);
  });

  it('is not released when another takes the name in that very moment', async () => {
    const used = await claim('one');
    await take(used);
    await remove('one');
    const other = new RegistryNode(log.log);
    log.beforeAppend = times(1, () => claim('two', 'iris', other));
    await node.claims.release('iris', used, envelope);
    expect(await node.claims.holderOf('iris')).toMatchObject({ modelId: 'two' });
  });
});

describe('two that claim the same name at once', () => {
  it('have it one after the other', async () => {
    const other = new RegistryNode(log.log);
    log.beforeAppend = times(1, () => claim('two', 'iris', other));
    const claimed = await claim('one');
    expect(await node.claims.holderOf('iris')).toMatchObject(claimed);
    expect(await types(registeredModelStream('two'))).toEqual(['NameClaimForfeited']);
  });
});

it('tells when the log cannot be written', async () => {
  log.beforeAppend = times(1, () => {
    throw new LogUnavailableError('disk full');
  });
  await expect(claim('one')).rejects.toThrow(LogUnavailableError);
});
