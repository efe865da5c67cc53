import { describe, it } from '@jest/globals';
import { ModelNameTakenError } from '../../../src/domain/registered-model/errors.js';
import {
  at,
  command,
  deleted,
  forfeited,
  given,
  iris,
  registered,
  renamed,
  tagSet,
} from '../../support/registered-model-words.js';

describe('a claim that is to be forfeited', () => {
  it('is closed before the model was ever registered', () =>
    given()
      .when(at(7, command('ForfeitNameClaim', { claimId: 'claim-1' })))
      .thenEvents(at(7, forfeited('claim-1'))));

  it('is closed while the model has another name', () =>
    given(iris)
      .when(command('ForfeitNameClaim', { name: 'lily', claimId: 'claim-2' }))
      .thenEvents(forfeited('claim-2', 'lily')));

  it.each([
    ['was forfeited before', [forfeited('claim-1')]],
    ['was used by a model that has gone on to another name', [iris, renamed('iris', 'lily', 'claim-2')]],
    ['was used by a model that was deleted', [iris, deleted()]],
  ])('is left alone when it %s', (_, history) =>
    given(...history)
      .when(command('ForfeitNameClaim', { claimId: 'claim-1' }))
      .thenNothing(),
  );

  it.each(['claim-1', 'claim-2'])('is not given up while the model lives under the name: %s', (claimId) =>
    given(iris)
      .when(command('ForfeitNameClaim', { claimId }))
      .thenRefused('RESOURCE_ALREADY_EXISTS', 'Registered Model (name=iris) already exists.'),
  );

  it('says of a prompt that it is one', () =>
    given(registered({ tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] }))
      .when(command('ForfeitNameClaim'))
      .thenThrows(new ModelNameTakenError('iris', true)));

  it.each(['false', 'TRUE', ''])('does not take a model for a prompt whose tag says "%s"', (value) =>
    given(iris, tagSet('mlflow.prompt.is_prompt', value))
      .when(command('ForfeitNameClaim'))
      .thenThrows(new ModelNameTakenError('iris', false)),
  );
});
