import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import { decide } from '../../../src/domain/registered-model/decide.js';
import type { RegisteredModelEvent } from '../../../src/domain/registered-model/events.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { liveVersion, unregistered } from '../../../src/domain/registered-model/registered-model.js';
import type {
  ModelContents,
  RegisteredModel,
} from '../../../src/domain/registered-model/registered-model.js';
import { modelToSnapshot } from '../../../src/application/history/model-snapshot.js';
import { anyCommands, archivingTransition, live } from '../../support/any-history.js';

const numRuns = 500;

function contents(model: RegisteredModel): ModelContents {
  if (model.status === 'unregistered') throw new Error('Every history begins with a registration');
  return model;
}

it('leaves at most one version in each active stage when every transition archives', () => {
  fc.assert(
    fc.property(anyCommands(archivingTransition), (commands) => {
      const versions = [...contents(live(commands).model).versions].filter(({ deleted }) => !deleted);
      expect(versions.filter(({ stage }) => stage === 'Production').length).toBeLessThanOrEqual(1);
      expect(versions.filter(({ stage }) => stage === 'Staging').length).toBeLessThanOrEqual(1);
    }),
    { numRuns },
  );
});

it('numbers the versions 1, 2, 3, …', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const { versions } = contents(live(commands).model);
      const numbers = [...versions].map(({ version }) => version);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(versions.highestNumber).toBe(numbers.length);
    }),
    { numRuns },
  );
});

it('points aliases to live versions only', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const model = contents(live(commands).model);
      const astray = [...model.aliases].filter(([, number]) => liveVersion(model, number) === undefined);
      expect(astray).toEqual([]);
    }),
    { numRuns },
  );
});

it('comes to the same state when it is read back from the beginning', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const { model, events } = live(commands);
      expect(events.reduce<RegisteredModel>(evolve, unregistered)).toEqual(model);
    }),
    { numRuns },
  );
});

it('records every event at the time of its command', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const times = new Set(commands.map(({ at }) => at));
      expect(live(commands).events.filter(({ at }) => !times.has(at))).toEqual([]);
    }),
    { numRuns },
  );
});

it('says of every transition truly where the version was', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      live(commands).events.reduce<RegisteredModel>((model, event) => {
        if (event.type === 'StageTransitioned') {
          expect(contents(model).versions.get(event.data.version)?.stage).toBe(event.data.from);
        }
        return evolve(model, event);
      }, unregistered);
    }),
    { numRuns },
  );
});

it('changes nothing by a command that says what is so already', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const { events } = live(commands);
      events.reduce<RegisteredModel>((model, event) => {
        const after = evolve(model, event);
        const again = repetition(after, event);
        if (again) expect(decide(after, again)).toEqual([]);
        return after;
      }, unregistered);
    }),
    { numRuns },
  );
});

/** The command that asks for what an event has just brought about, if asking again is to change nothing. */
function repetition(
  model: RegisteredModel,
  { type, data, at }: RegisteredModelEvent,
): RegisteredModelCommand | undefined {
  if (model.status !== 'live') return undefined;
  const { name } = model;
  if (type === 'TagSet') return { type: 'SetTag', name, ...data, at };
  if (type === 'TagDeleted') return { type: 'DeleteTag', name, ...data, at };
  if (type === 'AliasSet') return { type: 'SetAlias', name, alias: data.alias, version: data.version, at };
  if (type === 'AliasDeleted') return { type: 'DeleteAlias', name, alias: data.alias, at };
  return undefined;
}

it('never changes a state that somebody holds', () => {
  fc.assert(
    fc.property(anyCommands(), (commands) => {
      const { events } = live(commands);
      const states = [unregistered];
      const texts = [JSON.stringify(modelToSnapshot(unregistered))];
      for (const event of events) {
        const state = evolve(states.at(-1) ?? unregistered, event);
        states.push(state);
        texts.push(JSON.stringify(modelToSnapshot(state)));
      }
      expect(states.map((state) => JSON.stringify(modelToSnapshot(state)))).toEqual(texts);
    }),
    { numRuns },
  );
});
