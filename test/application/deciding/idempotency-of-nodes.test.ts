import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RegisterModel, RegisterModelHandler } from '../../../src/application/commands/register-model.js';
import { RenameModel, RenameModelHandler } from '../../../src/application/commands/rename-model.js';
import { SetTag, SetTagHandler } from '../../../src/application/commands/set-tag.js';
import { AnsweredRequests } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { RegistryNode, context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

const key = { idempotencyKey: 'key-1' };

/** A process of its own, which knows of the others by the log alone. */
class Node {
  readonly #node: RegistryNode;

  constructor(log: WatchedLog) {
    const readModel = new AnsweredRequests(log);
    this.#node = new RegistryNode(log, { register: readModel, progress: readModel });
  }

  register(asker = {}) {
    const command = new RegisterModel('iris', '', [], context(asker));
    return new RegisterModelHandler(this.#node.commands).execute(command);
  }

  rename(asker: object) {
    const command = new RenameModel('iris', 'rose', context(asker));
    return new RenameModelHandler(this.#node.commands).execute(command);
  }

  tag(asker: object, value = '1') {
    const command = new SetTag('iris', null, 'a', value, context(asker));
    return new SetTagHandler(this.#node.commands).execute(command);
  }
}

describe('the same request with the same Idempotency-Key on two nodes', () => {
  let log: WatchedLog;
  let one: Node;
  let other: Node;

  beforeEach(() => {
    log = new WatchedLog();
    one = new Node(log);
    other = new Node(log);
  });
  afterEach(() => log.close());

  /** How often a request with a key was executed: each execution leaves it with one event. */
  const executions = async () =>
    (await all(log.readAll())).filter(({ metadata }) => 'idempotency' in metadata).length;

  it('is executed once when the other node is faster by an append', async () => {
    await one.register();
    log.beforeAppend = times(1, () => other.tag(key));
    await one.tag(key);
    expect(await executions()).toBe(1);
  });

  it('is executed once when the other node answers it before the model is read', async () => {
    await other.register();
    log.afterRead = times(1, () => other.tag(key));
    await one.tag(key);
    expect(await executions()).toBe(1);
  });

  it('registers one model, and both get it', async () => {
    let theirs: unknown;
    log.beforeAppend = times(1, async () => {
      theirs = await other.register(key);
    });
    expect(await one.register(key)).toEqual(theirs);
    expect(await executions()).toBe(1);
  });

  it('renames once, and both get the renamed model', async () => {
    await one.register();
    let theirs: unknown;
    log.beforeAppend = times(1, async () => {
      theirs = await other.rename(key);
    });
    expect(await one.rename(key)).toEqual(theirs);
    expect(await executions()).toBe(1);
  });

  it('is a conflict when it is not the same request after all', async () => {
    await one.register();
    log.beforeAppend = times(1, () => other.tag(key, 'other'));
    await expect(one.tag(key)).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
    expect(await executions()).toBe(1);
  });

  it('is executed once however the two meet', async () => {
    await one.register();
    for (let race = 0; race < 200; race += 1) {
      const asker = { idempotencyKey: `race ${race}` };
      await Promise.all([one, other].map((node) => later(race % 7, () => node.tag(asker, `${race}`))));
    }
    expect(await executions()).toBe(200);
  });
});

/** After so many turns of the event loop, give or take. */
async function later<Result>(turns: number, task: () => Promise<Result>): Promise<Result> {
  for (let turn = Math.floor(Math.random() * turns); turn > 0; turn -= 1) await new Promise(setImmediate);
  return task();
}
