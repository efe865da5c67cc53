import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WrongExpectedVersionError } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AppendOutcomeUnknownError,
  AppendTooLargeError,
  LogUnavailableError,
  WrongExpectedRevisionError,
} from '../../../src/application/ports/event-store.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import { Appending } from '../../../src/infrastructure/eventstoredb/appending.js';
import type { EventStoreDbEventStore } from '../../../src/infrastructure/eventstoredb/eventstoredb-event-store.js';
import { defaultTimings } from '../../../src/infrastructure/eventstoredb/timings.js';
import { Doubles } from '../../support/eventstoredb/doubles.js';
import { EventStoreDbCluster } from '../../support/eventstoredb/eventstoredb-cluster.js';
import type { EventStoreDbDouble } from '../../support/eventstoredb/eventstoredb-double.js';
import { all, counted, countedUpTo } from '../../support/log-events.js';
import { impatient, OpenedStores } from './opened-stores.js';

const doubles = new Doubles();
const stores = new OpenedStores();

let double: EventStoreDbDouble;
let store: EventStoreDbEventStore;
let resent: number;
const observer = { committed: () => undefined, conflicted: () => undefined, resent: () => (resent += 1) };
beforeEach(async () => {
  resent = 0;
  double = await doubles.start();
  store = stores.open(double, { observer });
});

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an append of which the reply is missing', () => {
  it('is sent again and stored once when the connection took the reply with it', async () => {
    await double.fail('append', { kind: 'lose reply' }, 1);
    const events = countedUpTo(3);
    const answer = await store.append('iris', 'no-stream', events);

    const stored = await all(store.readStream('iris'));
    expect(stored.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(answer).toEqual({ revision: 2, position: stored[2]?.position });
    expect(resent).toBe(1);
  });

  it('is sent again and stored once when the server is too slow, though it does the first later', async () => {
    const hasty = stores.open(double, { timings: { appendAttempt: impatient.appendAttempt } });
    await double.fail('append', { kind: 'hang' }, 1);
    expect(await hasty.append('iris', 'no-stream', [counted(1)])).toMatchObject({ revision: 0 });
    await double.heal();
    await store.append('iris', 0, [counted(2)]);
    expect(await all(store.readStream('iris'))).toHaveLength(2);
  });

  it('is given up as unknown when no server answers for long, and can be asked about afterwards', async () => {
    const event = counted(1);
    const hasty = stores.open(double, { observer, timings: impatient });
    await hasty.head();
    double.freeze();
    const failure = await failureOf(hasty.append('iris', 'no-stream', [event]));
    expect(failure).toBeInstanceOf(AppendOutcomeUnknownError);
    expect(failure).toBeInstanceOf(LogUnavailableError);
    expect(failure).toMatchObject({
      stream: 'iris',
      message: expect.stringContaining('It is not known whether an append to stream iris was stored'),
    });
    expect(resent).toBeGreaterThan(1);

    double.thaw();
    expect(await store.append('iris', 'no-stream', [event])).toMatchObject({ revision: 0 });
    expect(await all(store.readStream('iris'))).toHaveLength(1);
  });

  it('meets no conflict with itself on a server that has forgotten it', async () => {
    const event = counted(1);
    const stored = {
      ...event,
      id: event.id.toUpperCase(),
      stream: 'iris',
      revision: 5,
      position: 77,
      recordedAt: 0,
    };
    const appending = forgetful([stored]);
    const written = { ...event, data: '{}', metadata: '{}' };
    expect(await appending.append({ stream: 'iris', expected: 4, events: [written] })).toEqual({
      revision: 5,
      position: 77,
    });
  });

  it('meets a conflict when somebody else has written there', async () => {
    const stored = { ...counted(2), stream: 'iris', revision: 5, position: 77, recordedAt: 0 };
    const appending = forgetful([stored]);
    const written = { ...counted(1), data: '{}', metadata: '{}' };
    const failure = await failureOf(appending.append({ stream: 'iris', expected: 4, events: [written] }));
    expect(failure).toEqual(new WrongExpectedRevisionError('iris', 4, 5));
  });

  /** The first append loses its reply, and every later one meets a conflict. */
  function forgetful(stored: readonly RecordedEvent[]): Appending {
    let calls = 0;
    const appendToStream = async () => {
      calls += 1;
      if (calls === 1) throw Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), { code: 14 });
      const versions = { streamName: 'iris', expected: 4n, current: 5n };
      throw new WrongExpectedVersionError(null as never, versions);
    };
    return new Appending({
      client: { appendToStream } as unknown as EventStoreDBClient,
      requiresLeader: true,
      timings: defaultTimings,
      observer: undefined,
      async *readStream() {
        yield* stored;
      },
    });
  }
});

describe('an append that cannot be made', () => {
  it('is known not to be stored when nobody was there to take it', async () => {
    await double.stop();
    const failure = await failureOf(store.append('iris', 'no-stream', [counted(1)]));
    expect(failure).toBeInstanceOf(LogUnavailableError);
    expect(failure).not.toBeInstanceOf(AppendOutcomeUnknownError);
  });

  it('waits for a server that comes back', async () => {
    await store.append('iris', 'no-stream', [counted(1)]);
    await double.stop();
    const patient = stores.open(double, { timings: { connectionPatience: 60_000 } });
    const appending = patient.append('wine', 'no-stream', [counted(1)]);
    doubles.keep(await double.restart());
    expect(await appending).toMatchObject({ revision: 0 });
  });

  it('is refused when the user may not write', async () => {
    await double.fail('append', { kind: 'access denied' });
    const failure = await failureOf(store.append('iris', 'no-stream', [counted(1)]));
    expect(failure).toBeInstanceOf(LogUnavailableError);
    expect(failure).toMatchObject({ message: expect.stringContaining('the server denies access') });
    expect(resent).toBe(0);
  });

  it('is refused when it is bigger than the server takes', async () => {
    const small = stores.open(await doubles.start({ maximumAppendSize: 10_000 }));
    const big = counted(1, { text: 'x'.repeat(20_000) });
    const failure = await failureOf(small.append('iris', 'no-stream', [big]));
    expect(failure).toEqual(new AppendTooLargeError('iris', 10_000));
    expect(resent).toBe(0);
  });

  it.each(['$system', '', 'other-1'])(
    'is refused for the stream %j, which is not of this log',
    async (stream) => {
      const scoped = stores.open(double, { streamPrefixes: ['model-'] });
      await expect(scoped.append(stream, 'no-stream', [counted(1)])).rejects.toThrow(TypeError);
    },
  );
});

it('goes to the node that leads when the one that was asked does not', async () => {
  const leader = await doubles.start();
  await double.fail('append', { kind: 'not leader', leader: leader.member(true) }, 1);
  expect(await store.append('iris', 'no-stream', [counted(1)])).toMatchObject({ revision: 0 });
  expect((await leader.calls()).made.append).toBe(1);
});

it('is not touched by what becomes of the connection to a node that led before', async () => {
  const leader = await doubles.start();
  const patient = { appendAttempt: 60_000, appendPatience: 60_000 };
  const store = stores.open(double, { timings: patient });
  await double.fail('append', { kind: 'hang' }, 1);
  const onTheOld = failureOf(store.append('old', 'no-stream', [counted(1)]));
  await double.until(({ made }) => made.append === 1);
  await double.fail('read', { kind: 'not leader', leader: leader.member(true) }, 1);
  await store.head();
  await leader.fail('append', { kind: 'slow', milliseconds: 100 }, 1);
  const onTheNew = store.append('new', 'no-stream', [counted(2)]);
  await leader.until(({ made }) => made.append === 1);
  await double.cutConnections();
  expect(await onTheNew).toMatchObject({ revision: 0 });
  expect(await onTheOld).toBeUndefined();
  expect(await all(store.readAll())).toHaveLength(2);
});

it('never uses the batched appends of the client', async () => {
  await Promise.all(countedUpTo(50).map((event, index) => store.append(`s-${index}`, 'no-stream', [event])));
  expect((await double.calls()).made).toMatchObject({ append: 50, batchAppend: 0, serverFeatures: 0 });
});

it('takes more appends at once than the server takes calls', async () => {
  const patient = stores.open(double, { timings: { appendPatience: 60_000 } });
  await Promise.all(
    countedUpTo(500).map((event, index) => patient.append(`s-${index}`, 'no-stream', [event])),
  );
  expect(await all(store.readAll())).toHaveLength(500);
});

it('closes although the server is silent', async () => {
  const hasty = stores.open(double, { timings: impatient });
  await hasty.head();
  double.freeze();
  const appending = failureOf(hasty.append('iris', 'no-stream', [counted(1)]));
  await hasty.close();
  expect(await appending).toBeInstanceOf(AppendOutcomeUnknownError);
});

it('follows a cluster to its next leader', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'annals-cluster-'));
  const cluster = await EventStoreDbCluster.start(2, join(folder, 'log'));
  try {
    const patient = stores.open(cluster, { timings: { connectionPatience: 60_000, appendPatience: 60_000 } });
    await patient.append('iris', 'no-stream', [counted(1)]);
    const [old, next] = [cluster.leader, cluster.members.find((member) => member !== cluster.leader)];
    await old.kill();
    if (next) await cluster.elect(next, [old]);
    expect(await patient.append('iris', 0, [counted(2)])).toMatchObject({ revision: 1 });
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  }
});
