import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decide } from '../../../src/domain/registered-model/decide.js';
import { evolve } from '../../../src/domain/registered-model/evolve.js';
import type { RegisteredModel } from '../../../src/domain/registered-model/registered-model.js';
import { RegistryError } from '../../../src/domain/registry-error.js';
import { anyCommands, live } from '../../support/any-history.js';
import {
  at,
  command,
  given,
  iris,
  moved,
  version,
  versionDeleted,
  versionRestored,
} from '../../support/registered-model-words.js';

const rollBack = command('RollBack');
const threeVersions = [iris, version(1), version(2), version(3)] as const;

/** Version 1, then 2, then 3 was in Production, alone. */
const oneAfterTheOther = [
  ...threeVersions,
  moved(1, 'None', 'Production'),
  moved(1, 'Production', 'Archived', { inFavourOf: 2 }),
  moved(2, 'None', 'Production'),
  moved(2, 'Production', 'Archived', { inFavourOf: 3 }),
  moved(3, 'None', 'Production'),
] as const;

describe('rolling a stage back', () => {
  it('brings the previous version back, archives the present one and says what it returns from', () =>
    given(...oneAfterTheOther)
      .when(at(7, rollBack))
      .thenEvents(
        at(7, moved(3, 'Production', 'Archived', { inFavourOf: 2 })),
        at(7, moved(2, 'Archived', 'Production', { comment: 'Rolled back from version 3' })),
      ));

  it('says what the client says instead', () =>
    given(...oneAfterTheOther)
      .when(command('RollBack', { comment: 'It hallucinates.' }))
      .thenEvents(
        moved(3, 'Production', 'Archived', { inFavourOf: 2 }),
        moved(2, 'Archived', 'Production', { comment: 'It hallucinates.' }),
      ));

  it('twice leads back to where one was', () =>
    given(
      ...oneAfterTheOther,
      moved(3, 'Production', 'Archived', { inFavourOf: 2 }),
      moved(2, 'Archived', 'Production'),
    )
      .when(rollBack)
      .thenEvents(
        moved(2, 'Production', 'Archived', { inFavourOf: 3 }),
        moved(3, 'Archived', 'Production', { comment: 'Rolled back from version 2' }),
      ));

  it('passes over a version that was deleted', () =>
    given(...oneAfterTheOther, versionDeleted(2))
      .when(rollBack)
      .thenEvents(
        moved(3, 'Production', 'Archived', { inFavourOf: 1 }),
        moved(1, 'Archived', 'Production', { comment: 'Rolled back from version 3' }),
      ));

  it('finds a version that was deleted and restored', () =>
    given(...oneAfterTheOther, versionDeleted(2), versionRestored(2, 'Archived'))
      .when(rollBack)
      .thenEvents(
        moved(3, 'Production', 'Archived', { inFavourOf: 2 }),
        moved(2, 'Archived', 'Production', { comment: 'Rolled back from version 3' }),
      ));

  it('leaves nothing but the version before the newest when there are several in the stage', () =>
    given(...threeVersions, ...[1, 2, 3].map((number) => moved(number, 'None', 'Production')))
      .when(rollBack)
      .thenEvents(
        moved(1, 'Production', 'Archived', { inFavourOf: 2 }),
        moved(3, 'Production', 'Archived', { inFavourOf: 2 }),
        moved(2, 'Production', 'Production', { comment: 'Rolled back from versions 1, 3' }),
      ));

  it('brings the last one back when there is none in the stage any more', () =>
    given(...oneAfterTheOther, moved(3, 'Production', 'None'))
      .when(rollBack)
      .thenEvents(moved(3, 'None', 'Production', { comment: 'Rolled back from no version' })));

  it('brings the one before back when the present one was deleted', () =>
    given(...oneAfterTheOther, versionDeleted(3))
      .when(rollBack)
      .thenEvents(moved(2, 'Archived', 'Production', { comment: 'Rolled back from no version' })));

  it('looks at no other stage', () =>
    given(
      ...threeVersions,
      moved(1, 'None', 'Staging'),
      moved(2, 'None', 'Production'),
      moved(3, 'None', 'Staging'),
    )
      .when(command('RollBack', { stage: 'Staging' }))
      .thenEvents(
        moved(3, 'Staging', 'Archived', { inFavourOf: 1 }),
        moved(1, 'Staging', 'Staging', { comment: 'Rolled back from version 3' }),
      ));

  it('is refused when nothing ever was in the stage', () =>
    given(...threeVersions, moved(1, 'None', 'Staging'))
      .when(rollBack)
      .thenRefused('RESOURCE_CONFLICT', 'Registered Model (name=iris) never had a version in Production.'));

  it('is refused when nothing was there before', () =>
    given(...threeVersions, moved(2, 'None', 'Production'))
      .when(rollBack)
      .thenRefused(
        'RESOURCE_CONFLICT',
        'Registered Model (name=iris) had no version in Production before version 2.',
      ));

  it('is refused when all that was there before is deleted', () =>
    given(...oneAfterTheOther, versionDeleted(1), versionDeleted(2))
      .when(rollBack)
      .thenRefused(
        'RESOURCE_CONFLICT',
        'Every version that Registered Model (name=iris) had in Production before is deleted.',
      ));

  it('leaves exactly one version in the stage, another than the newest there, whatever happened before', () =>
    fc.assert(
      fc.property(anyCommands(), (commands) => {
        const { model } = live(commands);
        if (model.status !== 'live') return;
        const back = rolledBack(model, model.name);
        if (back === undefined) return;
        expect(inProduction(back)).toHaveLength(1);
        expect(inProduction(back)).not.toEqual(inProduction(model));
        const forth = rolledBack(back, model.name);
        if (inProduction(model).length === 1)
          expect(inProduction(forth ?? back)).toEqual(inProduction(model));
      }),
      { numRuns: 500 },
    ));
});

function rolledBack(model: RegisteredModel, name: string): RegisteredModel | undefined {
  try {
    return decide(model, command('RollBack', { name })).reduce(evolve, model);
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}

function inProduction(model: RegisteredModel): number[] {
  if (model.status !== 'live') return [];
  return [...model.versions].flatMap(({ version, stage, deleted }) =>
    !deleted && stage === 'Production' ? version : [],
  );
}
