import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { answerModel, answerVersion } from '../../../src/application/commands/answers.js';
import { decide } from '../../../src/domain/registered-model/decide.js';
import { NameClaimClosedError } from '../../../src/domain/registered-model/errors.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import { liveVersion } from '../../../src/domain/registered-model/registered-model.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { isActive } from '../../../src/domain/registered-model/stage.js';
import type { RegisteredModelCommand } from '../../../src/domain/registered-model/commands.js';
import { anyCommands, live } from '../../support/any-history.js';
import {
  aliasDeleted,
  aliasSet,
  at,
  command,
  deleted,
  forfeited,
  given,
  iris,
  moved,
  noon,
  renamed,
  restored,
  tagSet,
  version,
  versionDeleted,
  versionDescribed,
  versionRestored,
} from '../../support/registered-model-words.js';

describe('restoring a model', () => {
  it('brings it back under its name and a new claim', () =>
    given(iris, deleted())
      .when(at(7, command('RestoreModel', { claimId: 'claim-2' })))
      .thenEvents(at(7, restored('claim-2'))));

  it('leaves it no further use of the claim', () =>
    given(iris, deleted(), restored('claim-2'), deleted())
      .when(command('RestoreModel', { claimId: 'claim-2' }))
      .thenThrows(new NameClaimClosedError('claim-2')));

  it('is not possible under a claim that was forfeited meanwhile', () =>
    given(iris, deleted(), forfeited('claim-2'))
      .when(command('RestoreModel', { claimId: 'claim-2' }))
      .thenThrows(new NameClaimClosedError('claim-2')));

  it('is refused when it is not deleted', () =>
    given(iris)
      .when(command('RestoreModel'))
      .thenRefused('RESOURCE_CONFLICT', 'Registered Model (name=iris) is not deleted.'));

  it.each([
    ['that it never had', [iris, deleted()]],
    ['that it had given up', [iris, renamed('iris', 'rose', 'claim-2'), deleted('rose')]],
    ['when it was never registered', []],
  ])('is refused under a name %s', (_, history) =>
    given(...history)
      .when(command('RestoreModel', { name: history.length === 3 ? 'iris' : 'lily' }))
      .thenRefused(
        'RESOURCE_DOES_NOT_EXIST',
        `Registered Model with name=${history.length === 3 ? 'iris' : 'lily'} not found`,
      ),
  );

  it('leaves versions deleted that were deleted before it', () =>
    given(iris, version(1), versionDeleted(1), deleted(), restored('claim-2'))
      .when(command('DescribeVersion'))
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Model Version (name=iris, version=1) not found'));

  it('after a deletion leaves everything that a client can see as it was', () =>
    fc.assert(
      fc.property(anyCommands(), (commands) => {
        const { model } = live(commands);
        if (model.status !== 'live') return;
        const { name } = model;
        const gone = after(model, command('DeleteModel', { name }));
        const back = after(gone, at(noon + 99, command('RestoreModel', { name, claimId: 'claim-9' })));
        expect(seen(back)).toEqual(seen(model));
      }),
      { numRuns: 500 },
    ));
});

describe('restoring a version', () => {
  it.each([
    ['None', 'None'],
    ['Staging', 'Archived'],
    ['Production', 'Archived'],
    ['Archived', 'Archived'],
  ] as const)('from %s brings it back in %s', (before, stage) =>
    given(iris, version(1), moved(1, 'None', before), versionDeleted(1))
      .when(at(7, command('RestoreVersion')))
      .thenEvents(at(7, versionRestored(1, stage))),
  );

  it('brings it back with its tags and description, and updates it and the model', () =>
    given(iris, version(1), tagSet('team', 'botany', 1), versionDescribed(1, 'Better.'), versionDeleted(1))
      .when(at(noon + 7, command('RestoreVersion')))
      .thenState({ updatedAt: noon + 7 }));

  it('leaves its aliases deleted', () =>
    given(iris, version(1), aliasSet('champion', 1), aliasDeleted('champion', 1), versionDeleted(1))
      .when(command('RestoreVersion'))
      .thenState({ aliases: new Map() }));

  it('is refused when it is not deleted', () =>
    given(iris, version(1))
      .when(command('RestoreVersion'))
      .thenRefused('RESOURCE_CONFLICT', 'Model Version (name=iris, version=1) is not deleted.'));

  it.each([
    ['there never was one', [iris]],
    ['its model is deleted', [iris, version(1), versionDeleted(1), deleted()]],
    ['its model has another name', [iris, version(1), versionDeleted(1), renamed('iris', 'lily', 'claim-2')]],
    ['there is no model', []],
  ])('is refused when %s', (_, history) =>
    given(...history)
      .when(command('RestoreVersion'))
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Model Version (name=iris, version=1) not found'),
  );

  it('after a deletion changes nothing but times, aliases and a stage in which it would serve', () =>
    fc.assert(
      fc.property(anyCommands(), fc.integer({ min: 1, max: 5 }), (commands, number) => {
        const { model } = live(commands);
        if (model.status !== 'live' || liveVersion(model, number) === undefined) return;
        const said = { name: model.name, version: number };
        const gone = after(model, command('DeleteVersion', said));
        const back = after(gone, at(noon + 99, command('RestoreVersion', said)));
        const before = answerVersion(number)(model);
        expect(answerVersion(number)(back)).toEqual({
          ...before,
          aliases: [],
          stage: isActive(before.stage) ? 'Archived' : before.stage,
          updatedAt: noon + 99,
        });
      }),
      { numRuns: 500 },
    ));
});

function after(model: RegisteredModel, command: RegisteredModelCommand): RegisteredModel {
  return decide(model, command).reduce(evolve, model);
}

/** All that a client can see of a live model. */
function seen(model: RegisteredModel): unknown {
  if (model.status !== 'live') throw new Error('It is not there');
  const numbers = [...model.versions].flatMap(({ version, deleted }) => (deleted ? [] : version));
  return [answerModel(model), ...numbers.map((number) => answerVersion(number)(model))];
}
