import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CatchingUp } from '../../../src/application/deciding/catching-up.js';
import type { CommandContext } from '../../../src/application/deciding/command-context.js';
import { Idempotency, newId } from '../../../src/application/deciding/idempotency.js';
import { SubscriberChangedError } from '../../../src/application/deciding/subscriber-changed-error.js';
import { SubscriberCommands } from '../../../src/application/deciding/subscriber-commands.js';
import type { SubscriberKind } from '../../../src/application/deciding/subscriber-commands.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { AnsweredRequests, InMemorySnapshots, SetClock } from '../../support/in-memory-ports.js';
import { all } from '../../support/log-events.js';
import { context } from '../../support/registry-node.js';
import { WatchedLog, times } from '../../support/watched-log.js';

/** The smallest subscriber that there can be: it counts up to ten. */
type Counted = { readonly type: 'Counted' | 'NothingChanged'; readonly data: object; readonly at: number };
type Count = { readonly by: number; readonly at: number };
interface Counter {
  readonly count: number;
}

const counters: SubscriberKind<Counter, Count, Counted> = {
  noun: 'counter',
  decider: {
    initialState: { count: 0 },
    decide: ({ count }, { by, at }) => {
      if (count + by > 10) throw new RegistryError('RESOURCE_CONFLICT', 'It counts up to ten.');
      return Array.from({ length: by }, () => ({ type: 'Counted', data: {}, at }));
    },
    evolve: ({ count }, { type }) => ({ count: type === 'Counted' ? count + 1 : count }),
  },
  decode: ({ type, data }) => ({ type, data, at: 0 }) as Counted,
  weightOf: () => 1,
  toSnapshot: (state) => ({ ...state }),
  fromSnapshot: (snapshot) => snapshot as unknown as Counter,
  nothingChanged: (at) => ({ type: 'NothingChanged', data: {}, at }),
};

const stream = 'counter-1';

let log: WatchedLog;
let readModel: AnsweredRequests;
let node: SubscriberCommands<Counter, Count, Counted>;

beforeEach(() => {
  log = new WatchedLog();
  node = newNode();
});
afterEach(() => log.close());

function newNode() {
  readModel = new AnsweredRequests(log);
  const catchingUp = new CatchingUp(log, readModel);
  return new SubscriberCommands(counters, {
    store: log,
    snapshots: new InMemorySnapshots(),
    idempotency: new Idempotency(readModel, catchingUp),
    catchingUp,
    clock: new SetClock(),
  });
}

class CountBy {
  constructor(
    readonly by: number,
    readonly context: CommandContext,
  ) {}
}

function count(by: number, asker: Partial<CommandContext> = {}, at = node, of = stream) {
  const command = new CountBy(by, context(asker));
  return at.execute(
    of,
    command,
    () => ({ by }),
    (state, revision) => ({ ...state, revision }),
  );
}

const recorded = async (of = stream) => all(log.readStream(of));

describe('a command to a subscriber', () => {
  it('is answered from the state and the revision that it led to', async () => {
    await expect(count(2)).resolves.toEqual({ count: 2, revision: 1 });
    await expect(count(1)).resolves.toEqual({ count: 3, revision: 2 });
  });

  it('is answered when the read model of subscribers shows it', async () => {
    await count(1);
    expect(readModel.waitedFor.at(-1)).toBe((await recorded()).at(-1)?.position);
  });

  it('is recorded with who asked', async () => {
    await count(1, { actor: { type: 'system', id: 'annals', authentication: 'system' } });
    expect((await recorded())[0]?.metadata).toMatchObject({ actor: { type: 'system', id: 'annals' } });
  });

  it('that changes nothing leaves no trace', async () => {
    await expect(count(0)).resolves.toEqual({ count: 0, revision: undefined });
    expect(await recorded()).toEqual([]);
  });

  it('that a rule refuses leaves no trace, and is told when what it rests on can be read', async () => {
    await count(10);
    await expect(count(1)).rejects.toThrow('It counts up to ten.');
    expect(await recorded()).toHaveLength(10);
    expect(readModel.waitedFor.at(-1)).toBe(await log.head());
  });

  it('is decided on what another node has written', async () => {
    const other = newNode();
    await count(9);
    await count(1, {}, other);
    await expect(count(1)).rejects.toThrow('It counts up to ten.');
  });

  it('many at once are all decided', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 12 }, () => count(1)));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await recorded()).toHaveLength(10);
  });
});

describe('a command that expects a revision', () => {
  it('is executed there and refused elsewhere', async () => {
    await count(1);
    await expect(count(1, { expectedRevision: 0 })).resolves.toEqual({ count: 2, revision: 1 });
    await expect(count(1, { expectedRevision: 0 })).rejects.toEqual(
      new SubscriberChangedError('counter', stream, 0, 1),
    );
    await expect(count(1, { expectedRevision: 0 })).rejects.toThrow(
      'The counter is at revision 1, and was expected at 0.',
    );
  });

  it('is refused for what else is wrong with it first', async () => {
    await count(10);
    await expect(count(1, { expectedRevision: 0 })).rejects.toMatchObject({ code: 'RESOURCE_CONFLICT' });
  });
});

describe('a dry run', () => {
  it('is answered as it would be and records nothing', async () => {
    await count(1);
    await expect(count(2, { dryRun: true })).resolves.toEqual({ count: 3, revision: 0 });
    expect(await recorded()).toHaveLength(1);
  });

  it('is refused as it would be', async () => {
    await count(9);
    await expect(count(2, { dryRun: true })).rejects.toThrow('It counts up to ten.');
    await expect(count(1, { dryRun: true, expectedRevision: 3 })).rejects.toThrow(SubscriberChangedError);
  });
});

describe('a command with an Idempotency-Key', () => {
  const key = { idempotencyKey: 'key-1' };

  it('gets the first answer when it is repeated, whatever has happened since', async () => {
    await count(2, key);
    await count(3);
    await expect(count(2, key)).resolves.toEqual({ count: 2, revision: 1 });
    await expect(count(2, key, newNode())).resolves.toEqual({ count: 2, revision: 1 });
    expect(await recorded()).toHaveLength(5);
  });

  it('is remembered also when it changed nothing', async () => {
    await count(0, key);
    await count(3);
    await expect(count(0, key)).resolves.toEqual({ count: 0, revision: 0 });
    expect((await recorded()).map(({ type }) => type).slice(0, 1)).toEqual(['NothingChanged']);
  });

  it('is a conflict when it is another command', async () => {
    await count(2, key);
    await expect(count(1, key)).rejects.toThrow("The Idempotency-Key 'key-1' was used with another request");
  });

  it('is executed once when another node gets it at the same time', async () => {
    const other = newNode();
    await count(1);
    log.beforeAppend = times(1, () => count(2, key, other));
    await expect(count(2, key)).resolves.toEqual({ count: 3, revision: 2 });
    expect(await recorded()).toHaveLength(3);
  });

  it('and what it creates has the same id on every node, as a UUID', () => {
    const ids = ['key-1', 'key-1', 'key-2'].map((idempotencyKey) =>
      newId({ context: context({ idempotencyKey }) }),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(newId({ context: context() })).not.toBe(newId({ context: context() }));
  });
});
