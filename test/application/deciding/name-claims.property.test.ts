import { afterAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { EmbeddedEventStore } from '../../../src/infrastructure/embedded-log/embedded-event-store.js';
import type { Asked, Moment, NameCommand, NameRaceHistory, NameRacePlan } from '../../support/name-race.js';
import { allNames, runNameRace } from '../../support/name-race.js';
import { incidents } from '../../support/race.js';

/** How many races each property is tried on. The variable RACES makes it more of them. */
const races = Number(process.env['RACES'] ?? 500);

const store = EmbeddedEventStore.open(':memory:');
afterAll(() => store.close());

const name = fc.constantFrom(...allNames);
const command: fc.Arbitrary<NameCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant('register' as const), name }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('rename' as const), name, newName: name }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), name }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('restore' as const), name }) },
);
const client = fc.array(command, { minLength: 1, maxLength: 4 });
const node = fc.array(client, { minLength: 1, maxLength: 2 });
const plan: fc.Arbitrary<NameRacePlan> = fc.record({
  taken: fc.subarray(allNames, { maxLength: 2 }),
  nodes: fc.array(node, { minLength: 2, maxLength: 3 }),
  incidents,
});

describe('names, whatever the nodes and the network do', () => {
  it.each([
    ['never belong to two live models', namesHeldTwice],
    ['are as the log says when a client was told so', answersThatTheLogDenies],
    ['are refused only for a reason that was true meanwhile', refusalsThatWereNeverTrue],
    ['can be had by a newcomer exactly when no live model has them', newcomersTreatedWrongly],
  ])(
    '%s',
    async (_, complaintsAbout) => {
      await fc.assert(
        fc.asyncProperty(plan, async (plan) => {
          const history = await runNameRace(store, plan);
          const complaints = complaintsAbout(history);
          expect(complaints.length === 0 ? [] : [...complaints, ...history.trace]).toEqual([]);
        }),
        { numRuns: races },
      );
    },
    60_000,
  );
});

function namesHeldTwice({ moments }: NameRaceHistory): string[] {
  return moments.flatMap(({ position, holders }) =>
    [...holders]
      .filter(([, models]) => models.length > 1)
      .map(([name, models]) => `At ${position}, ${name} belongs to ${models.join(' and ')}`),
  );
}

const evidence = {
  register: 'ModelRegistered',
  rename: 'ModelRenamed',
  delete: 'ModelDeleted',
  restore: 'ModelRestored',
} as const;

function answersThatTheLogDenies({ asked, recorded }: NameRaceHistory): string[] {
  return asked.flatMap(({ command, requestId, outcome }) => {
    const type = evidence[command.type];
    const times = recorded.filter((event) => event.requestId === requestId && event.type === type).length;
    const isRight = outcome === 'done' ? times === 1 : outcome === undefined ? times <= 1 : times === 0;
    return isRight ? [] : [`${requestId} was told "${String(outcome)}" and is recorded ${times} times`];
  });
}

function refusalsThatWereNeverTrue({ asked, moments }: NameRaceHistory): string[] {
  return asked.flatMap((one) => {
    const { requestId, outcome, from, to = Infinity } = one;
    if (typeof outcome !== 'object') return [];
    const before = moments.findLast(({ position }) => position <= from);
    const during = moments.filter(({ position }) => position > from && position <= to);
    const wasTrue = [before, ...during].some((moment) => moment && isTrue(one, outcome.code, moment.holders));
    return wasTrue ? [] : [`${requestId} was told "${outcome.message}", which was never so`];
  });
}

function isTrue({ command, stream = '' }: Asked, code: string, holders: Moment['holders']): boolean {
  const isHeld = (name: string) => holders.has(name);
  if (code === 'RESOURCE_CONFLICT') return [...holders.values()].flat().includes(stream);
  if (code === 'RESOURCE_ALREADY_EXISTS') {
    return command.type !== 'delete' && isHeld(command.type === 'rename' ? command.newName : command.name);
  }
  if (code !== 'RESOURCE_DOES_NOT_EXIST' || command.type === 'register') return false;
  return command.type !== 'restore' && !isHeld(command.name);
}

function newcomersTreatedWrongly({ asked, moments }: NameRaceHistory): string[] {
  return asked
    .filter(({ node }) => node === 'newcomer')
    .filter(({ command, from, outcome }) => {
      const isHeld = moments.findLast(({ position }) => position <= from)?.holders.has(command.name) ?? false;
      return outcome === undefined || isHeld !== (outcome !== 'done');
    })
    .map(({ command, outcome }) => `A newcomer who wanted ${command.name} was told "${String(outcome)}"`);
}
