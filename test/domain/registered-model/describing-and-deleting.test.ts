import { describe, it } from '@jest/globals';
import {
  command,
  deleted,
  described,
  given,
  iris,
  moved,
  version,
} from '../../support/registered-model-words.js';

describe('describing a model', () => {
  it('overwrites its description', () =>
    given(iris, described('Leaves.'))
      .when(command('DescribeModel', { description: 'Petals.' }))
      .thenEvents(described('Petals.')));

  it('is on record also when the description stays the same, as MLflow counts it as an update', () =>
    given(iris, described('Petals.'))
      .when(command('DescribeModel', { description: 'Petals.' }))
      .thenEvents(described('Petals.')));

  it('may clear it', () =>
    given(iris, described('Petals.'))
      .when(command('DescribeModel', { description: '' }))
      .thenState({ description: '' }));
});

describe('deleting a model', () => {
  it('hides it', () => given(iris).when(command('DeleteModel')).thenEvents(deleted('iris')));

  it('is allowed while versions are in production, as MLflow allows it', () =>
    given(iris, version(1), moved(1, 'None', 'Production'))
      .when(command('DeleteModel'))
      .thenEvents(deleted('iris')));

  it('keeps all that it was', () =>
    given(iris, described('Petals.'), deleted()).thenState({
      status: 'deleted',
      name: 'iris',
      description: 'Petals.',
    }));

  it('happens once', () =>
    given(iris, deleted())
      .when(command('DeleteModel'))
      .thenRefused('RESOURCE_DOES_NOT_EXIST', 'Registered Model with name=iris not found'));
});
