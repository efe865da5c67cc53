import { describe, it } from '@jest/globals';
import { stages } from '../../../src/domain/registered-model/stage.js';
import {
  command,
  given,
  iris,
  moved,
  promote,
  version,
  versionDeleted,
} from '../../support/registered-model-words.js';

const twoInProduction = [
  iris,
  version(1),
  version(2),
  version(3),
  moved(1, 'None', 'Production'),
  moved(2, 'None', 'Production'),
] as const;

describe('moving a version to a stage', () => {
  it('records where it was, where it goes and why', () =>
    given(iris, version(1), moved(1, 'None', 'Staging'))
      .when(command('TransitionStage', { version: 1, stage: 'Production', comment: 'Passed the tests.' }))
      .thenEvents(moved(1, 'Staging', 'Production', { comment: 'Passed the tests.' })));

  it.each(stages)('is on record also when it is in %s already', (stage) =>
    given(iris, version(1), moved(1, 'None', stage))
      .when(command('TransitionStage', { version: 1, stage }))
      .thenEvents(moved(1, stage, stage)),
  );

  it('leaves others in the stage unless asked to archive them', () =>
    given(...twoInProduction)
      .when(command('TransitionStage', { version: 3, stage: 'Production', archiveExistingVersions: false }))
      .thenEvents(moved(3, 'None', 'Production')));
});

describe('moving a version to a stage and archiving the others in it', () => {
  it('archives them first, each in favour of the version that was moved', () =>
    given(...twoInProduction)
      .when(promote(3))
      .thenEvents(
        moved(1, 'Production', 'Archived', { inFavourOf: 3 }),
        moved(2, 'Production', 'Archived', { inFavourOf: 3 }),
        moved(3, 'None', 'Production'),
      ));

  it('keeps the comment with the version that was moved', () =>
    given(iris, version(1), version(2), moved(1, 'None', 'Production'))
      .when({ ...promote(2), comment: 'Better.' } as ReturnType<typeof promote>)
      .thenEvents(
        moved(1, 'Production', 'Archived', { inFavourOf: 2 }),
        moved(2, 'None', 'Production', { comment: 'Better.' }),
      ));

  it('does not archive the version that is moved when it is there already', () =>
    given(...twoInProduction)
      .when(promote(1))
      .thenEvents(
        moved(2, 'Production', 'Archived', { inFavourOf: 1 }),
        moved(1, 'Production', 'Production'),
      ));

  it('leaves versions in other stages', () =>
    given(...twoInProduction)
      .when(promote(3, 'Staging'))
      .thenEvents(moved(3, 'None', 'Staging')));

  it('leaves deleted versions', () =>
    given(...twoInProduction, versionDeleted(1))
      .when(promote(3))
      .thenEvents(moved(2, 'Production', 'Archived', { inFavourOf: 3 }), moved(3, 'None', 'Production')));
});
