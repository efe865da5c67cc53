import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EmbeddedEventStore } from '../../../src/infrastructure/event-store/embedded-event-store.js';
import type { Asked, Incident, NameCommand, RaceHistory, RacePlan } from '../../support/name-race.js';
import { NameRace, allNames } from '../../support/name-race.js';

const races = Number(process.env['RACES'] ?? 1_000);

const store = EmbeddedEventStore.open(':memory:');
afterAll(() => store.close());

const name = fc.constantFrom(...allNames);
const command: fc.Arbitrary<NameCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant('register' as const), name }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('rename' as const), name, newName: name }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), name }) },
);
const client = fc.array(command, { minLength: 1, maxLength: 4 });
const node = fc.array(client, { minLength: 1, maxLength: 2 });
const incident: fc.Arbitrary<Incident> = fc.record({
  message: fc.nat(23),
  fate: fc.oneof(
    { weight: 40, arbitrary: fc.constant('arrives' as const) },
    { weight: 2, arbitrary: fc.constant('fails' as const) },
    { weight: 1, arbitrary: fc.constant('kills its node' as const) },
  ),
});
const plan: fc.Arbitrary<RacePlan> = fc.record({
  taken: fc.subarray(allNames, { maxLength: 2 }),
  nodes: fc.array(node, { minLength: 2, maxLength: 3 }),
  incidents: fc.array(incident, { maxLength: 150, size: 'max' }),
});

type Complaint = string;

function namesHeldTwice({ moments }: RaceHistory): Complaint[] {
  return moments.flatMap(({ position, holders }) =>
    [...holders]
      .filter(([, models]) => models.length > 1)
      .map(([name, models]) => `at ${position}, ${name} belongs to ${models.join(' and ')}`),
  );
}

const evidence = { register: 'ModelRegistered', rename: 'ModelRenamed', delete: 'ModelDeleted' } as const;

function answersThatTheLogDenies({ asked, recorded }: RaceHistory): Complaint[] {
  return asked.flatMap(({ command, requestId, outcome }) => {
    const times = recorded.filter(
      (event) => event.requestId === requestId && event.type === evidence[command.type],
    ).length;
    const right = outcome === 'done' ? times === 1 : outcome === undefined ? times <= 1 : times === 0;
    return right ? [] : [`${requestId} was told "${String(outcome)}" and is recorded ${times} times`];
  });
}

function refusalsThatWereNeverTrue({ asked, moments }: RaceHistory): Complaint[] {
  return asked.flatMap((one) => {
    const { outcome, from, to = Infinity } = one;
    if (typeof outcome !== 'object') return [];
    const before = moments.findLast(({ position }) => position <= from);
    const during = moments.filter(({ position }) => position > from && position <= to);
    const wasTrue = [before, ...during].some(
      (moment) => moment !== undefined && isTrue(one, outcome.code, (name) => moment.holders.has(name)),
    );
    return wasTrue ? [] : [`${one.requestId} was told "${outcome.message}", which was never so`];
  });
}

function isTrue({ command }: Asked, code: string, isHeld: (name: string) => boolean): boolean {
  if (code === 'RESOURCE_ALREADY_EXISTS') {
    return command.type !== 'delete' && isHeld(command.type === 'rename' ? command.newName : command.name);
  }
  return code === 'RESOURCE_DOES_NOT_EXIST' && command.type !== 'register' && !isHeld(command.name);
}

async function expectNone(complaints: (history: RaceHistory) => Complaint[], plan: RacePlan): Promise<void> {
  const history = await NameRace.run(store, plan);
  const found = complaints(history);
  expect(found.length === 0 ? [] : [...found, ...history.trace]).toEqual([]);
}

describe('names, whatever the nodes and the network do', () => {
  it.each([
    ['never belong to two live models', namesHeldTwice],
    ['are as the log says when a client was told so', answersThatTheLogDenies],
    ['are refused only for a reason that was true meanwhile', refusalsThatWereNeverTrue],
  ])('%s', async (_, complaints) => {
    await fc.assert(
      fc.asyncProperty(plan, (plan) => expectNone(complaints, plan)),
      { numRuns: races },
    );
  }, 60_000);
});
